import { expect, test } from 'vitest';
import { createFailCounter } from '../src/engine/fail-counter.ts';

test('the first requests with a key fail, the next one does not, and then it starts again', () => {
  const { isFailure } = createFailCounter();

  expect(Array.from({ length: 7 }, () => isFailure('a', 2))).toEqual([true, true, false, true, true, false, true]);
});

test('keys are counted separately, and reset forgets all', () => {
  const { isFailure, reset } = createFailCounter();
  isFailure('a', 1);
  isFailure('b', 1);

  expect(isFailure('a', 1)).toBe(false);
  reset();
  expect(isFailure('b', 1)).toBe(true);
});

test('only the 10,000 keys that were used last are remembered', () => {
  const { isFailure } = createFailCounter();
  for (let index = 0; index < 10_000; index += 1) isFailure(`key ${index}`, 2);
  isFailure('key 0', 2);
  isFailure('one more', 2);

  expect(isFailure('key 0', 2), 'was used again').toBe(false);
  expect(isFailure('key 9999', 1)).toBe(false);
  expect(isFailure('key 1', 1), 'was forgotten').toBe(true);
});

test('long keys do not fill the memory', () => {
  const { isFailure } = createFailCounter();
  for (let index = 0; index < 20; index += 1) isFailure(`${index}`.padEnd(200_000), 1);

  expect(isFailure('0'.padEnd(200_000), 1), 'was forgotten').toBe(true);
  expect(isFailure('19'.padEnd(200_000), 1)).toBe(false);
});
