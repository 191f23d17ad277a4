import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateChangedModules } from './modules.ts';

// Generates src/generated from the spec. With --check it writes nothing, and fails if a file is out of date.

const spec = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

for (const { file, text } of await generateChangedModules(spec)) {
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
  } else {
    console.error(
      `packages/client/src/generated/${basename(file.pathname)} is out of date with spec/openapi.yaml. Run: npx -y pnpm@12 generate`,
    );
    process.exitCode = 1;
  }
}
