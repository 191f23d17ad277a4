import { expect, test } from 'vitest';
import { createRandom } from '../src/testing.ts';

test('a generator returns all integers below its limit, and the same ones for a seed', () => {
  const [random, same, other] = [createRandom(7), createRandom(7), createRandom(8)];
  const values = Array.from({ length: 200 }, () => random(10));
  expect(values).toEqual(Array.from({ length: 200 }, () => same(10)));
  expect(values).not.toEqual(Array.from({ length: 200 }, () => other(10)));
  expect([...new Set(values)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
