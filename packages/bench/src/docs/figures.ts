import type { Violations } from './accessibility.ts';
import type { Category } from './lighthouse.ts';
import type { Vitals } from './vitals.ts';

/** The measurements of one page. Values that vary between visits are medians. */
export interface Figures {
  /** Bytes received until the network was idle after loading. */
  readonly firstLoad: number;
  /** Bytes received until the network was idle after the first use. */
  readonly firstUse: number;
  readonly desktop: Vitals;
  readonly phone: Vitals;
  /** The URLs on other hosts that the page requested. All these requests were blocked. */
  readonly foreign: readonly string[];
  /** The axe rules that the page violates, by impact. */
  readonly axe: Violations;
  /** How many of the names in the spec the HTML contains without JavaScript. */
  readonly names: { readonly found: number; readonly of: number };
  readonly lighthouse: Readonly<Record<Category, number>>;
}
