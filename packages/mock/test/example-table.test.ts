import { createOperation } from '@firstofficer/openapi/testing';
import { expect, test } from 'vitest';
import { createExampleTable, type ExampleEntry } from '../src/engine/examples/example-table.ts';
import { createRandom } from '../src/engine/random.ts';

const SEED = process.env.SEED ?? 'example-table';

const operation = createOperation({
  parameters: [
    { name: 'id', in: 'path', required: true },
    { name: 'limit', in: 'query' },
    { name: 'lang', in: 'query' },
  ],
});

test(`an example is the first match of those with most parameters (SEED=${SEED})`, () => {
  const random = createRandom(SEED);
  const draw = (limit: number) => Math.floor(random() * limit);
  const drawParameters = () =>
    Object.fromEntries(['id', 'limit', 'lang'].filter(() => draw(2) === 0).map((name) => [name, String(draw(3))]));

  for (let round = 0; round < 200; round += 1) {
    const entries = Array.from(
      { length: draw(12) },
      (_, index): ExampleEntry => ({ parameters: drawParameters(), selection: { example: String(index) } }),
    );
    const table = createExampleTable(operation, entries);
    const given = drawParameters();
    const sorted = entries.toSorted((a, b) => Object.keys(b.parameters).length - Object.keys(a.parameters).length);
    const expected = sorted.find(({ parameters }) =>
      Object.entries(parameters).every(([name, value]) => given[name] === value),
    );

    expect(table.find(given), JSON.stringify({ entries, given })).toEqual(expected?.selection);
  }
});

test('a missing parameter matches no value', () => {
  const table = createExampleTable(operation, [{ parameters: { id: 'a', lang: 'undefined' }, selection: {} }]);

  expect(table.find({ id: 'a' })).toBeUndefined();
  expect(table.isExhaustive).toBe(true);
});
