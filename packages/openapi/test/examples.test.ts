import { expect, test } from 'vitest';
import { type Example, findExamplePairs } from '../src/index.ts';
import { createOperation } from '../src/testing.ts';

const id = (examples: Record<string, { value: unknown }>) => ({ name: 'id', in: 'path' as const, examples });
const json = (examples: Record<string, Example>) => ({
  description: '…',
  content: { 'application/json': { examples } },
});

test('a parameter example and the response example of the same name are a pair', () => {
  const pairs = findExamplePairs(
    createOperation({
      parameters: [id({ cat: { value: 7 }, ghost: { value: 'boo' } })],
      responses: { '200': json({ cat: { value: { name: 'Tom' } } }), '404': json({ ghost: { value: 'none' } }) },
    }),
  );

  expect(pairs).toEqual([
    { name: 'cat', parameters: { id: '7' }, status: '200', mediaType: 'application/json', body: { name: 'Tom' } },
    { name: 'ghost', parameters: { id: 'boo' }, status: '404', mediaType: 'application/json', body: 'none' },
  ]);
});

test('a pair contains the value of every parameter that has an example of its name', () => {
  const [pair] = findExamplePairs(
    createOperation({
      parameters: [id({ cat: { value: '7' } }), { name: 'lang', in: 'query', examples: { cat: { value: 'en' } } }],
      responses: { '200': json({ cat: { value: null } }) },
    }),
  );

  expect(pair?.parameters).toEqual({ id: '7', lang: 'en' });
  expect(pair?.body).toBeNull();
});

test('an example without a counterpart belongs to no pair', () => {
  const pairs = findExamplePairs(
    createOperation({ parameters: [id({ cat: { value: '7' } })], responses: { '200': json({ dog: { value: {} } }) } }),
  );

  expect(pairs).toEqual([]);
});

test('an example whose name is used by several statuses belongs to no pair', () => {
  const pairs = findExamplePairs(
    createOperation({
      parameters: [id({ default: { value: 7 } })],
      responses: { '200': json({ default: { value: {} } }), '404': json({ default: { value: 'none' } }) },
    }),
  );

  expect(pairs).toEqual([]);
});

test('an example without an inline value, or with an array, belongs to no pair', () => {
  const pairs = findExamplePairs(
    createOperation({
      parameters: [id({ both: { value: [7, 8] }, cat: { value: 7 } })],
      responses: { '200': { ...json({ both: { value: {} }, cat: { summary: 'It has no inline value.' } }) } },
    }),
  );

  expect(pairs).toEqual([]);
});
