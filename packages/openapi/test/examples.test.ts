import { expect, test } from 'vitest';
import { type Example, findExamplePairs, type Response } from '../src/index.ts';
import { createOperation } from '../src/testing.ts';

const createParameter = (examples: Record<string, { value: unknown }>) => ({
  name: 'id',
  in: 'path' as const,
  examples,
});
const createResponse = (examples: Record<string, Example>) => ({
  description: '…',
  content: { 'application/json': { examples } },
});

test('a parameter example and the response example of the same name are a pair', () => {
  const pairs = findExamplePairs(
    createOperation({
      parameters: [createParameter({ cat: { value: 7 }, ghost: { value: 'boo' } })],
      responses: {
        '200': createResponse({ cat: { value: { name: 'Tom' } } }),
        '404': createResponse({ ghost: { value: 'none' } }),
      },
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
      parameters: [
        createParameter({ cat: { value: '7' } }),
        { name: 'lang', in: 'query', examples: { cat: { value: 'en' } } },
      ],
      responses: { '200': createResponse({ cat: { value: null } }) },
    }),
  );

  expect(pair?.parameters).toEqual({ id: '7', lang: 'en' });
  expect(pair?.body).toBeNull();
});

test.each<[string, Parameters<typeof createParameter>[0], Record<string, Response>]>([
  ['has no counterpart', { cat: { value: '7' } }, { '200': createResponse({ dog: { value: {} } }) }],
  [
    'belongs to several statuses',
    { default: { value: 7 } },
    { '200': createResponse({ default: { value: {} } }), '404': createResponse({ default: { value: 'none' } }) },
  ],
  ['has an array as its value', { both: { value: [7, 8] } }, { '200': createResponse({ both: { value: {} } }) }],
  [
    'has no inline value in the response',
    { cat: { value: 7 } },
    { '200': createResponse({ cat: { summary: 'It has no inline value.' } }) },
  ],
])('an example is in no pair if it %s', (_, examples, responses) => {
  expect(findExamplePairs(createOperation({ parameters: [createParameter(examples)], responses }))).toEqual([]);
});
