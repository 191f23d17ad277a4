import { loadDescription } from '@firstofficer/openapi';
import { expect, test } from 'vitest';
import { namesIn, namesOf } from '../../src/docs/names.ts';

const names = namesOf(await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml'))));

test('the names of the spec: parameters, members, statuses, samples, each once', () => {
  expect(names).toEqual(expect.arrayContaining(['customer', 'current_mrr', '404', 'cus_1234ABCD']));
  expect(new Set(names).size).toBe(names.length);
});

test('a name is found as a word of its own', () => {
  expect(namesIn('stripe_id: cus_1 404', ['id', 'stripe_id', '40', '404'])).toEqual(['stripe_id', '404']);
});
