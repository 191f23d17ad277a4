import { BUDGETS } from '@firstofficer/docs';
import { loadDescription } from '@firstofficer/openapi';
import { expect, test } from 'vitest';
import { findNames, listNames } from '../src/docs/inspect.ts';
import { checkBudgets, type Figures } from '../src/docs/report.ts';
import { computeVitals } from '../src/docs/vitals.ts';

const { firstLoad, firstUse, lcp, tbt, cls, lighthouse } = BUDGETS;

const FIGURES: Figures = {
  firstLoad,
  firstUse,
  desktop: { fcp: 0, lcp: 0, tbt: 0, cls: 0 },
  phone: { fcp: lcp, lcp, tbt, cls },
  foreign: [],
  axe: { critical: [], serious: [] },
  names: { found: 1, of: 1 },
  lighthouse,
};

function listFailedChecks(change: Partial<Figures>): string[] {
  return checkBudgets({ ...FIGURES, ...change })
    .filter(({ passed }) => !passed)
    .map(({ name }) => name);
}

test('figures equal to their budgets pass', () => {
  expect(listFailedChecks({})).toEqual([]);
});

test('a figure over its budget fails only its own check', () => {
  expect(listFailedChecks({ firstLoad: firstLoad + 1 })).toEqual(['first load, B']);
  expect(listFailedChecks({ phone: { ...FIGURES.phone, tbt: tbt + 1 } })).toEqual(['phone TBT, ms']);
  expect(listFailedChecks({ lighthouse: { ...lighthouse, seo: 99 } })).toEqual(['Lighthouse SEO']);
});

test('a figure that was not measured fails its check', () => {
  expect(listFailedChecks({ firstUse: Number.NaN })).toEqual(['after first use, B']);
});

const names = listNames(await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml'))));

test('lists parameters, members, statuses and example values of the spec, each once', () => {
  expect(names).toEqual(expect.arrayContaining(['customer', 'current_mrr', '404', 'cus_1234ABCD']));
  expect(new Set(names).size).toBe(names.length);
});

test('finds a name only as a whole word', () => {
  expect(findNames('stripe_id: cus_1 404', ['id', 'stripe_id', '40', '404'])).toEqual(['stripe_id', '404']);
});

const IDLE_PAGE = { fcp: 100, lcp: 200, longTasks: [], shifts: [] };

test('a page without long tasks and layout shifts has a TBT and CLS of 0', () => {
  expect(computeVitals(IDLE_PAGE)).toEqual({ fcp: 100, lcp: 200, tbt: 0, cls: 0 });
});

test('TBT counts the time of tasks beyond 50 ms after the first paint', () => {
  const longTasks = [
    { start: 0, duration: 90 },
    // 60 ms of this task are after the first paint.
    { start: 60, duration: 100 },
    { start: 300, duration: 130 },
  ];

  expect(computeVitals({ ...IDLE_PAGE, longTasks }).tbt).toBe(10 + 80);
});

test('CLS is the sum of the worst window', () => {
  const shifts = [
    { start: 0, value: 0.1 },
    { start: 900, value: 0.2 },
    // This shift starts a new window, because it is one second later.
    { start: 1_900, value: 0.25 },
  ];

  expect(computeVitals({ ...IDLE_PAGE, shifts }).cls).toBeCloseTo(0.3);
});

test('a window lasts at most five seconds', () => {
  const shifts = Array.from({ length: 12 }, (_, index) => ({ start: index * 500, value: 1 }));

  expect(computeVitals({ ...IDLE_PAGE, shifts }).cls).toBe(10);
});
