import { expect, test } from 'vitest';
import { lintCopies } from './lint-copies.ts';

test('the unchanged description breaks no rule', async (context) => {
  expect(await lintCopies(context, 'openapi.yaml', [['openapi: 3.1.1', 'openapi: 3.1.1']])).toEqual([[]]);
});

const EDITS: readonly (readonly [rule: string, original: string, edited: string])[] = [
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
];

test('every rule is enforced', async (context) => {
  const problems = await lintCopies(
    context,
    'openapi.yaml',
    EDITS.map(([, original, edited]) => [original, edited]),
  );

  expect(problems.map((found) => found.map(({ ruleId }) => ruleId))).toEqual(
    EDITS.map(([rule]) => expect.arrayContaining([rule])),
  );
});
