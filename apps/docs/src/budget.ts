/**
 * What our page may cost at most, or score in Lighthouse at least.
 *
 * @example
 * expect(bytes).toBeLessThanOrEqual(BUDGETS.firstLoad);
 */
export const BUDGETS = {
  /** Bytes with Brotli until the page is at rest. */
  firstLoad: 60_000,
  /** Bytes with Brotli once a menu item was clicked and search opened, the first load included. */
  firstUse: 600_000,
  /** On a phone: milliseconds until the largest content is painted. */
  lcp: 1_200,
  /** On a phone: milliseconds for which scripts keep the page from answering. */
  tbt: 100,
  /** On a phone: how far content moves while it loads, as Layout Instability counts it. */
  cls: 0.05,
  lighthouse: { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 },
} as const;
