import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { maxStep, type Step } from '@firstofficer/spec-diff';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Edit, listEdits } from '../src/gate/edits.ts';
import { rateEdit } from '../src/gate/own-rules.ts';
import { TUNED_RULES, tune } from '../src/gate/rules.ts';

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
  ['a later sunset', 'minor', 'x-sunset: 2027-11-01', 'x-sunset: 2027-11-02'],
  ['another extension', 'patch', 'openapi: 3.1.1', 'openapi: 3.1.1\nx-team: shop'],
  ['another version of OpenAPI', 'major', 'openapi: 3.1.1', 'openapi: 3.2.0'],
])('%s: %s', ([, step, before, after]) => {
  expect(maxStep(editShop(before, after).map((edit) => rateEdit(edit).step))).toBe(step);
});

test('a tuned rule gives its step and its reason, and other rules keep their step', () => {
  const rating = { tool: 'oasdiff', ruleId: 'api-tag-added', step: 'minor', message: 'A tag was added.' } as const;
  expect(tune(rating)).toEqual({ ...rating, step: 'patch', reason: TUNED_RULES[0]?.reason });
  expect(tune({ ...rating, ruleId: 'api-tag-added-too' })).toEqual({ ...rating, ruleId: 'api-tag-added-too' });
});
