import { loadDescription } from '@firstofficer/openapi';
import { expect, test } from 'vitest';
import { findNames, listNames } from '../../src/docs/names.ts';

const names = listNames(await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml'))));

test('lists parameters, members, statuses and example values of the spec, each once', () => {
  expect(names).toEqual(expect.arrayContaining(['customer', 'current_mrr', '404', 'cus_1234ABCD']));
  expect(new Set(names).size).toBe(names.length);
});

test('finds a name only as a whole word', () => {
  expect(findNames('stripe_id: cus_1 404', ['id', 'stripe_id', '40', '404'])).toEqual(['stripe_id', '404']);
});
