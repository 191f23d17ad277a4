import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatCommands, ROOT } from './commands.ts';

// The files with commands that use the packages.
const FILES = [
  'apps/docs/guides/*.md',
  'apps/api/README.md',
  'packages/{client,common,contract,metrics,mock,openapi}/README.md',
  'spec/README.md',
  'packages/contract/examples/*.yml',
  'packages/client/src/cli/program.ts',
];

const isCheck = process.argv.includes('--check');
for await (const file of glob(FILES, { cwd: ROOT })) {
  const path = join(ROOT, file);
  const text = await readFile(path, 'utf8');
  const formatted = formatCommands(text);
  if (formatted === text) continue;
  if (isCheck) {
    console.error(`The commands in ${file} do not match packages/testing/release.json. Run: npx -y pnpm@12 generate`);
    process.exitCode = 1;
  } else {
    await writeFile(path, formatted);
    console.log(`Updated the commands in ${file}`);
  }
}
