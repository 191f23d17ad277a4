import { expect } from 'vitest';
import { NAMES, type Result } from './behaviours.ts';

/** Every behaviour was tried, and none failed. */
export function expectAll(results: readonly Result[]): void {
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  expect(results.map(({ name }) => name)).toEqual(NAMES);
}
