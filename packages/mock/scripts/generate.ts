import { fileURLToPath } from 'node:url';
import { writeOrReport } from '@firstofficer/openapi/generate';
import { generateChangedModules } from './modules.ts';

// Generates what the mock needs in browsers from FirstOfficer's description. With --check, the script writes nothing and
// exits with 1 if a file does not match the description.
const spec = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
await writeOrReport(await generateChangedModules(spec), spec);
