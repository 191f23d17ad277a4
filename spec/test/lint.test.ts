import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SPEC = fileURLToPath(new URL('../', import.meta.url));
const REDOCLY = join(SPEC, 'node_modules/@redocly/cli/bin/cli.js');

/** Replaces `original` in a copy of the description and returns the IDs of the lint rules that the copy breaks. */
async function lintWith(original: string, edited: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-lint-'));
  try {
    return await lintIn(folder, original, edited);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function lintIn(folder: string, original: string, edited: string): Promise<string[]> {
  const text = await readFile(join(SPEC, 'openapi.yaml'), 'utf8');
  expect(text).toContain(original);
  await writeFile(join(folder, 'openapi.yaml'), text.replace(original, edited));
  await copyFile(join(SPEC, 'redocly.yaml'), join(folder, 'redocly.yaml'));
  const output = await promisify(execFile)(process.execPath, [REDOCLY, 'lint', 'openapi.yaml', '--format=json'], {
    cwd: folder,
  }).catch((failure: { stdout: string }) => failure);
  const { problems } = JSON.parse(output.stdout) as { problems: { ruleId: string }[] };
  return problems.map(({ ruleId }) => ruleId);
}

test.concurrent('the unchanged description breaks no rule', async () => {
  await expect(lintWith('openapi: 3.1.1', 'openapi: 3.1.1')).resolves.toEqual([]);
});

test.concurrent.each([
  ['rule/operation-id-form', 'operationId: retrieveCustomer\n      tags', 'operationId: get-customer\n      tags'],
  ['rule/integers-have-a-format', '          format: int64\n', ''],
  ['rule/objects-stay-open', 'required: [error]', 'required: [error]\n      additionalProperties: false'],
  ['rule/everything-is-described', '          description: The type of the object. Always `customer`.\n', ''],
  ['rule/responses-are-described', 'description: The customer that has this identifier.', 'description: Response'],
  ['rule/examples-have-a-summary', '      summary: Nine months at $699.00\n', ''],
  [
    'response-contains-header',
    '      headers:\n        WWW-Authenticate:',
    '      x-headers:\n        WWW-Authenticate:',
  ],
  ['response-contains-header', '      headers:\n        Retry-After:', '      x-headers:\n        Retry-After:'],
  ['no-invalid-media-type-examples', 'currency: jpy', 'currency: JPY'],
  [
    'no-unused-components',
    '  examples:\n    PayingCustomer:',
    '  examples:\n    Nobody:\n      summary: Nobody\n    PayingCustomer:',
  ],
])('%s is enforced', async (rule, original, edited) => {
  await expect(lintWith(original, edited)).resolves.toContain(rule);
});
