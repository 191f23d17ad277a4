import { readFile, writeFile } from 'node:fs/promises';
import { loadDescription } from '@firstofficer/openapi';
import openapiTS, { astToString } from 'openapi-typescript';

// Writes src/generated/openapi.ts: what the client needs to know of the spec. With --check it writes nothing and fails
// if the file is not what the spec says now.

const SPEC = new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
const OUTPUT = new URL('../src/generated/openapi.ts', import.meta.url);

async function generate(): Promise<string> {
  const types = astToString(await openapiTS(SPEC, { silent: true }));
  const { document } = await loadDescription(SPEC);
  const [server] = document.servers as [{ url: string }];
  return [
    '// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.',
    '',
    '/** The first server of the description: the live API. */',
    `export const SERVER_URL = ${JSON.stringify(server.url)};`,
    '',
    types,
  ].join('\n');
}

const generated = await generate();
if (!process.argv.includes('--check')) {
  await writeFile(OUTPUT, generated);
} else if ((await readFile(OUTPUT, 'utf8').catch(() => '')) !== generated) {
  console.error('packages/client/src/generated/openapi.ts is not what the spec says now. Run: npx -y pnpm@12 generate');
  process.exitCode = 1;
}
