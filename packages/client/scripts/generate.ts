import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { formatPath, GENERATED_FOLDER, generateChangedModules } from './modules.ts';

// Generates types, validators and commands from FirstOfficer's description, and from the description that the tests use. With
// --check, the script writes nothing and exits with 1 if a file does not match its description.

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
      const path = formatPath(fileURLToPath(file));
      console.error(`${path} does not match ${formatPath(spec)}. Run: npx -y pnpm@12 generate`);
      process.exitCode = 1;
    }
  }
}
