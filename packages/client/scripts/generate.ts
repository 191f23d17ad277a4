import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDescription } from '@firstofficer/openapi';
import { generateTypes } from './types.ts';
import { generateValidators } from './validators.ts';

// Generates the types and validators of FirstOfficer's API, and those of the description that the tests use. With
// --check it writes nothing, and fails if a file is out of date.

const ROOT = new URL('../../../', import.meta.url);
const isCheck = process.argv.includes('--check');

await generate('@firstofficer/spec/openapi.yaml', new URL('../src/generated/', import.meta.url));
await generate('@firstofficer/spec/test/notes.openapi.yaml', new URL('../test/generated/', import.meta.url));

/** Generates the code of a description into a folder. */
async function generate(description: string, folder: URL): Promise<void> {
  const spec = new URL(import.meta.resolve(description));
  const { document, operations } = await loadDescription(spec);
  const header = `// Generated from ${formatPath(spec)} by \`pnpm generate\`. Do not edit.\n`;
  await mkdir(folder, { recursive: true });
  await update(new URL('openapi.ts', folder), header + (await generateTypes(spec, { document, operations })));
  await update(new URL('validators.ts', folder), header + generateValidators(operations));
}

async function update(file: URL, text: string): Promise<void> {
  if (!isCheck) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(`${formatPath(file)} is out of date. Run: npx -y pnpm@12 generate`);
    process.exitCode = 1;
  }
}

/** Returns the path of a file of this repository, relative to its root. */
function formatPath(file: URL): string {
  return relative(fileURLToPath(ROOT), fileURLToPath(file)).replaceAll('\\', '/');
}
