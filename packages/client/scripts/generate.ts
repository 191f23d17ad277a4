import { readFile, writeFile } from 'node:fs/promises';
import { loadDescription } from '@firstofficer/openapi';
import { generateTypes } from './types.ts';
import { generateValidators } from './validators.ts';

// Generates src/generated from the spec. With --check it writes nothing, and fails if a file is out of date.

const SPEC = new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
const HEADER = '// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.\n';

const description = await loadDescription(SPEC);
const modules = {
  'openapi.ts': await generateTypes(SPEC, description),
  'validators.ts': generateValidators(description),
};

for (const [name, text] of Object.entries(modules)) {
  const file = new URL(`../src/generated/${name}`, import.meta.url);
  const generated = HEADER + text;
  if (!process.argv.includes('--check')) {
    await writeFile(file, generated);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== generated) {
    console.error(
      `packages/client/src/generated/${name} is out of date with spec/openapi.yaml. Run: npx -y pnpm@12 generate`,
    );
    process.exitCode = 1;
  }
}
