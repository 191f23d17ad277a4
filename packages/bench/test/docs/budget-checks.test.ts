import { BUDGETS } from '@firstofficer/docs';
import { expect, test } from 'vitest';
import { checkBudgets } from '../../src/docs/budget-checks.ts';
import type { Figures } from '../../src/docs/figures.ts';

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

function failedChecks(change: Partial<Figures>): string[] {
  return checkBudgets({ ...FIGURES, ...change })
    .filter(({ passed }) => !passed)
    .map(({ name }) => name);
}

test('figures equal to their budgets pass', () => {
  expect(failedChecks({})).toEqual([]);
});

test('a figure over its budget fails only its own check', () => {
  expect(failedChecks({ firstLoad: firstLoad + 1 })).toEqual(['first load, B']);
  expect(failedChecks({ phone: { ...FIGURES.phone, tbt: tbt + 1 } })).toEqual(['phone TBT, ms']);
  expect(failedChecks({ lighthouse: { ...lighthouse, seo: 99 } })).toEqual(['Lighthouse SEO']);
});

test('a figure that was not measured fails its check', () => {
  expect(failedChecks({ firstUse: Number.NaN })).toEqual(['after first use, B']);
});
