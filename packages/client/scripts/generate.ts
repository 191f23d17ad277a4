import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { formatPath, GENERATED_FOLDER, generateChangedModules } from './modules.ts';

// Generates the modules of FirstOfficer's description, and those of the description that the tests use. With --check
// it writes nothing, and fails if a file is out of date.

const TARGETS = [
  { description: '@firstofficer/spec/openapi.yaml', folder: GENERATED_FOLDER },
  {
    description: '@firstofficer/spec/test/notes.openapi.yaml',
    folder: new URL('../test/generated/', import.meta.url),
  },
];

for (const { description, folder } of TARGETS) {
  const spec = fileURLToPath(import.meta.resolve(description));
  for (const { file, text } of await generateChangedModules(spec, folder)) {
    if (!process.argv.includes('--check')) {
      await mkdir(folder, { recursive: true });
      await writeFile(file, text);
    } else {
      console.error(
        `${formatPath(fileURLToPath(file))} is out of date with ${formatPath(spec)}. Run: npx -y pnpm@12 generate`,
      );
      process.exitCode = 1;
    }
  }
}
