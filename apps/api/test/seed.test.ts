import { findExamplePairs } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { loadApiDescription } from '../src/description.ts';
import { computeExamples } from '../src/seed.ts';
import { databases } from './databases.ts';
import { retrieve, startSeededApi } from './running-api.ts';

const { operations } = await loadApiDescription();
const pairs = operations.flatMap(findExamplePairs).filter(({ status }) => status === '200');
const identifiersOf = ({ parameters }: (typeof pairs)[number]) => Object.values(parameters).map(String);

test.for(pairs)('the customer of the example $name is computed from Stripe objects', async ({ body }) => {
  const computed = (await computeExamples()).map(({ email: _, ...customer }) => customer);

  expect(computed).toContainEqual(body);
});

describe.each(databases)('on $name', (kind) => {
  test('a seeded server returns each example by its identifier', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    for (const pair of pairs) {
      for (const identifier of identifiersOf(pair)) {
        const response = await retrieve(url, key, identifier);
        expect(await response.json(), identifier).toEqual(pair.body);
      }
    }
  });
});
