import { expect, test } from 'vitest';
import { vitals } from '../../src/docs/vitals.ts';

const NOTHING = { fcp: 100, lcp: 200, longTasks: [], shifts: [] };

test('a page without long tasks and shifts blocks nobody and moves nothing', () => {
  expect(vitals(NOTHING)).toEqual({ fcp: 100, lcp: 200, tbt: 0, cls: 0 });
});

test('tasks block by what is beyond 50 ms, and only since the first paint', () => {
  const longTasks = [
    { start: 0, duration: 90 },
    // 60 ms of it after the paint.
    { start: 60, duration: 100 },
    { start: 300, duration: 130 },
  ];

  expect(vitals({ ...NOTHING, longTasks }).tbt).toBe(10 + 80);
});

test('shifts add up within a window; the worst window counts', () => {
  const shifts = [
    { start: 0, value: 0.1 },
    { start: 900, value: 0.2 },
    // A second later, another window.
    { start: 1_900, value: 0.25 },
  ];

  expect(vitals({ ...NOTHING, shifts }).cls).toBeCloseTo(0.3);
});

test('a window of shifts lasts for five seconds', () => {
  const shifts = Array.from({ length: 12 }, (_, index) => ({ start: index * 500, value: 1 }));

  expect(vitals({ ...NOTHING, shifts }).cls).toBe(10);
});
