import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Edit, listEdits } from '../src/gate/edits.ts';
import { rateEdit } from '../src/gate/own-rules.ts';
import { TUNED_RULES, tune } from '../src/gate/rules.ts';
import { rateSecurity } from '../src/gate/security.ts';
import { readSource } from '../src/gate/source.ts';
import { maxStep, type Step } from '../src/gate/step.ts';

const SHOP = await readFile(join(import.meta.dirname, '../fixtures/shop.yaml'), 'utf8');

function editShop(before: string, after: string): Edit[] {
  expect(SHOP).toContain(before);
  return listEdits(parse(SHOP), parse(SHOP.replace(before, after)), { base: [], revision: [] });
}

test('the same documents have no edits', () => {
  expect(editShop('title: Shop', 'title: "Shop" # The title.')).toEqual([]);
});

test('parameters are the same if their names and places are, wherever they are in the list', () => {
  expect(
    editShop('        - name: limit\n', '        - { name: first, in: query, schema: {} }\n        - name: limit\n'),
  ).toEqual([
    {
      kind: 'added',
      base: ['paths', '/orders', 'get', 'parameters', '0'],
      revision: ['paths', '/orders', 'get', 'parameters', '0'],
      after: { name: 'first', in: 'query', schema: {} },
    },
  ]);
});

test('a list of values is one value', () => {
  expect(editShop('required: [id, status, payment]', 'required: [id, payment]')).toMatchObject([
    { kind: 'changed', before: ['id', 'status', 'payment'], after: ['id', 'payment'] },
  ]);
  expect(editShop('required: [id, status, payment]', 'required: [status, id, payment]')).toMatchObject([
    { kind: 'reordered' },
  ]);
});

test('a schema that is added to a request is breaking', () => {
  const [edit] = editShop('          schema: { type: string, pattern: "^[a-f0-9]+$" }\n', '');
  expect(edit?.kind).toBe('removed');
  if (edit) expect(rateEdit({ ...edit, kind: 'added', after: edit.before })).toMatchObject({ step: 'major' });
});

// Neither Redocly nor oasdiff rates these edits.
test.for<[name: string, step: Step, before: string, after: string]>([
  ['a title', 'patch', 'title: Shop', 'title: Store'],
  ['a member that is called description', 'minor', 'description: { type: string', 'description: { type: integer'],
  [
    'the description of a member that is called description',
    'patch',
    'description: { type',
    'description: { description: Text, type',
  ],
  ['the first tag of an operation', 'major', 'tags: [Orders, Items]', 'tags: [Items, Orders]'],
  ['the variable of a server', 'major', 'default: eu', 'default: us'],
  ['the encoding of a body', 'major', 'contentType: image/png', 'contentType: image/gif'],
  ['an earlier sunset', 'major', 'x-sunset: 2027-11-01', 'x-sunset: 2027-10-31'],
  ['the schema of a header', 'major', 'schema: { type: integer, maximum: 1000 }', 'description: A number.'],
  ['the schema of a parameter', 'minor', '          schema: { type: string, pattern: "^[a-f0-9]+$" }\n', ''],
  ['the description of a scope', 'patch', 'Write orders.', 'Change orders.'],
  ['the URL for tokens', 'major', 'https://example.com/token', 'https://example.com/oauth/token'],
  ['a later sunset', 'minor', 'x-sunset: 2027-11-01', 'x-sunset: 2027-11-02'],
  ['another extension', 'patch', 'openapi: 3.1.1', 'openapi: 3.1.1\nx-team: shop'],
  ['another version of OpenAPI', 'major', 'openapi: 3.1.1', 'openapi: 3.2.0'],
])('%s: %s', ([, step, before, after]) => {
  expect(maxStep(editShop(before, after).map((edit) => rateEdit(edit).step))).toBe(step);
});

test.for<[name: string, before: string, after: string, lost: string[]]>([
  ['a list of its own is removed', 'security: []', '', ['`GET /a` no longer accepts requests without credentials.']],
  [
    'a list of its own is narrower',
    'security: []',
    'security: [{ key: [] }]',
    ['`GET /a` no longer accepts requests without credentials.'],
  ],
  ['the list of the document is narrower', '- two: [read]', '', ['`GET /b` no longer accepts `two`.']],
  ['a scope is added', '- two: [read]', '- two: [read, write]', ['`GET /b` no longer accepts `two`.']],
  [
    'a scheme is added to an alternative',
    '- two: [read]',
    '- two: [read]\n    key: []',
    ['`GET /b` no longer accepts `two`.'],
  ],
  ['an alternative is added', '- two: [read]', '- two: [read]\n  - three: []', []],
  ['a scope is removed', '- two: [read]', '- two: []', []],
])('credentials: %s', async ([, before, after, lost], context) => {
  const text = `openapi: 3.1.1
security:
  - key: []
  - two: [read]
paths:
  /a: { get: { security: [] } }
  /b: { get: {} }
`;
  const folder = await createTemporaryFolder(context, { 'a.yaml': text, 'b.yaml': text.replace(before, after) });
  const [base, revision] = await Promise.all([readSource(join(folder, 'a.yaml')), readSource(join(folder, 'b.yaml'))]);
  expect(rateSecurity(base, revision).map(({ rating }) => rating.message)).toEqual(lost);
});

test('a tuned rule gives its step and its reason, and other rules keep their step', () => {
  const rating = { tool: 'oasdiff', ruleId: 'api-tag-added', step: 'minor', message: 'A tag was added.' } as const;
  expect(tune(rating)).toEqual({ ...rating, step: 'patch', reason: TUNED_RULES[0]?.reason });
  expect(tune({ ...rating, ruleId: 'api-tag-added-too' })).toEqual({ ...rating, ruleId: 'api-tag-added-too' });
});
