import { expect, test } from 'vitest';
import { computeVitals } from '../../src/docs/vitals.ts';

const NOTHING = { fcp: 100, lcp: 200, longTasks: [], shifts: [] };

test('a page without long tasks and layout shifts has a TBT and CLS of 0', () => {
  expect(computeVitals(NOTHING)).toEqual({ fcp: 100, lcp: 200, tbt: 0, cls: 0 });
});

test('TBT counts the time of tasks beyond 50 ms after the first paint', () => {
  const longTasks = [
    { start: 0, duration: 90 },
    // 60 ms of this task are after the first paint.
    { start: 60, duration: 100 },
    { start: 300, duration: 130 },
  ];

  expect(computeVitals({ ...NOTHING, longTasks }).tbt).toBe(10 + 80);
});

test('CLS is the sum of the worst window', () => {
  const shifts = [
    { start: 0, value: 0.1 },
    { start: 900, value: 0.2 },
    // This shift starts a new window, because it is one second later.
    { start: 1_900, value: 0.25 },
  ];

  expect(computeVitals({ ...NOTHING, shifts }).cls).toBeCloseTo(0.3);
});

test('a window lasts at most five seconds', () => {
  const shifts = Array.from({ length: 12 }, (_, index) => ({ start: index * 500, value: 1 }));

  expect(computeVitals({ ...NOTHING, shifts }).cls).toBe(10);
});
