import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Context, createTemporaryFolder } from '@firstofficer/common/testing';
import { expect, test } from 'vitest';

const SPEC = fileURLToPath(new URL('../', import.meta.url));
const REDOCLY = join(SPEC, 'node_modules/@redocly/cli/bin/cli.js');

/** Replaces `original` in a copy of the description and returns the IDs of the lint rules that the copy breaks. */
async function lintWith(context: Context, original: string, edited: string): Promise<string[]> {
  const text = await readFile(join(SPEC, 'openapi.yaml'), 'utf8');
  expect(text).toContain(original);
  const folder = await createTemporaryFolder(context, {
    'openapi.yaml': text.replace(original, edited),
    'redocly.yaml': await readFile(join(SPEC, 'redocly.yaml'), 'utf8'),
  });
  const output = await promisify(execFile)(process.execPath, [REDOCLY, 'lint', 'openapi.yaml', '--format=json'], {
    cwd: folder,
  }).catch((failure: { stdout: string }) => failure);
  const { problems } = JSON.parse(output.stdout) as { problems: { ruleId: string }[] };
  return problems.map(({ ruleId }) => ruleId);
}

test.concurrent('the unchanged description breaks no rule', async (context) => {
  await expect(lintWith(context, 'openapi: 3.1.1', 'openapi: 3.1.1')).resolves.toEqual([]);
});

test.concurrent.for<[rule: string, original: string, edited: string]>([
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
])('%s is enforced', async ([rule, original, edited], context) => {
  await expect(lintWith(context, original, edited)).resolves.toContain(rule);
});
