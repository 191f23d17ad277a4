import type { Violations } from './accessibility.ts';
import type { Category } from './lighthouse.ts';
import type { Vitals } from './vitals.ts';

/** What was measured of one page: whatever varies is a median. */
export interface Figures {
  /** Bytes received until the page is at rest, and once it was used as well. */
  readonly firstLoad: number;
  readonly firstUse: number;
  readonly desktop: Vitals;
  readonly phone: Vitals;
  /** Addresses on other hosts than this one that it asked for. All were refused. */
  readonly foreign: readonly string[];
  /** Rules of axe that the page breaks, by impact. */
  readonly axe: Violations;
  /** How many of the spec's names the HTML has without any script. */
  readonly names: { readonly found: number; readonly of: number };
  readonly lighthouse: Readonly<Record<Category, number>>;
}
