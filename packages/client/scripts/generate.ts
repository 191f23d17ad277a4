import { fileURLToPath } from 'node:url';
import { writeOrReport } from '@firstofficer/openapi/generate';
import { GENERATED_FOLDER, generateChangedModules } from './modules.ts';

// Generates types, validators and commands from FirstOfficer's description, and from the descriptions that the tests use. With
// --check, the script writes nothing and exits with 1 if a file does not match its description.
const TARGETS = [
  { description: '@firstofficer/spec/openapi.yaml', folder: GENERATED_FOLDER },
  {
    description: '@firstofficer/spec/test/notes.openapi.yaml',
    folder: new URL('../test/generated/', import.meta.url),
  },
  {
    description: '@firstofficer/spec/test/deprecations.openapi.yaml',
    folder: new URL('../test/generated/deprecations/', import.meta.url),
  },
];

for (const { description, folder } of TARGETS) {
  const spec = fileURLToPath(import.meta.resolve(description));
  await writeOrReport(await generateChangedModules(spec, folder), spec);
}
