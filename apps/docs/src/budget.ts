/**
 * The performance budgets of a page: maximum costs and minimum Lighthouse scores.
 *
 * @example
 * console.log(`A page loads at most ${BUDGETS.firstLoad / 1000} kB at first.`);
 */
export const BUDGETS = {
  /** Bytes with Brotli until the network is idle. */
  firstLoad: 30_000,
  /** Bytes with Brotli for the first load, a click on a menu item, opening the search and sending a request. */
  firstUse: 120_000,
  /** On a phone: Largest Contentful Paint in milliseconds. */
  lcp: 1_000,
  /** On a phone: Total Blocking Time in milliseconds. */
  tbt: 50,
  /** On a phone: Cumulative Layout Shift. */
  cls: 0.01,
  lighthouse: { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 },
} as const;
