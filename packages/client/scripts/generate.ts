import { fileURLToPath } from 'node:url';
import { createHeader, findChangedModules, writeOrReport } from '@firstofficer/openapi/generate';
import manifest from '../package.json' with { type: 'json' };
import { API_REPORT, generateApiReport } from './api-report.ts';
import { GENERATED_FOLDER, generateChangedModules } from './modules.ts';

// Generates types, validators and commands from FirstOfficer's description, and from the descriptions that the tests use,
// the version from the package, and the API report from the sources. With --check, the script writes nothing and exits
// with 1 if a file is out of date.
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

const manifestFile = fileURLToPath(new URL('../package.json', import.meta.url));
const version = `${createHeader(manifestFile)}\n/** The version of the package. */\nexport const VERSION = '${manifest.version}';\n`;
await writeOrReport(
  await findChangedModules([{ file: new URL('version.ts', GENERATED_FOLDER), text: version }]),
  manifestFile,
);

const report = { file: API_REPORT, text: await generateApiReport() };
await writeOrReport(await findChangedModules([report]), fileURLToPath(new URL('../src', import.meta.url)));
