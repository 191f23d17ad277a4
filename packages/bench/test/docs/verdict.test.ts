import { BUDGETS } from '@firstofficer/docs';
import { expect, test } from 'vitest';
import type { Figures } from '../../src/docs/figures.ts';
import { verdicts } from '../../src/docs/verdict.ts';

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

function broken(change: Partial<Figures>): string[] {
  return verdicts({ ...FIGURES, ...change })
    .filter(({ kept }) => !kept)
    .map(({ what }) => what);
}

test('figures at their budgets keep them', () => {
  expect(broken({})).toEqual([]);
});

test('a figure beyond its budget breaks that one alone', () => {
  expect(broken({ firstLoad: firstLoad + 1 })).toEqual(['first load, B']);
  expect(broken({ phone: { ...FIGURES.phone, tbt: tbt + 1 } })).toEqual(['phone TBT, ms']);
  expect(broken({ lighthouse: { ...lighthouse, seo: 99 } })).toEqual(['Lighthouse SEO']);
});

test('a figure that was not measured breaks its budget', () => {
  expect(broken({ firstUse: Number.NaN })).toEqual(['after first use, B']);
});
