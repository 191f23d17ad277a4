import { expect, test } from 'vitest';
import { measureInRounds, mergeRounds } from '../src/rounds.ts';

test('each candidate is measured once in each round before the next round begins', async () => {
  const turns: string[] = [];
  const figures = await measureInRounds(['a', 'b', 'c'], 3, async (name) => turns.push(name));

  expect([turns.slice(0, 3).sort(), turns.slice(3, 6).sort(), turns.slice(6).sort()]).toEqual(
    Array(3).fill(['a', 'b', 'c']),
  );
  for (const name of ['a', 'b', 'c'] as const) {
    expect(figures[name].map((turn) => Math.ceil(turn / 3))).toEqual([1, 2, 3]);
  }
});

test('concatenates the rounds of generations for each candidate', () => {
  const generations = [
    { a: [1, 2], b: [10, 20] },
    { a: [3], b: [30] },
  ];

  expect(mergeRounds(['a', 'b'], generations)).toEqual({ a: [1, 2, 3], b: [10, 20, 30] });
});
