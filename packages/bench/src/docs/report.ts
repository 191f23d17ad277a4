import { BUDGETS } from '@firstofficer/docs';
import { formatMarkdownTable } from '../statistics.ts';
import { CATEGORIES, type Category, type Violations } from './inspect.ts';
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

/** The result of comparing a figure of our site with its budget. */
export interface BudgetCheck {
  readonly name: string;
  readonly figure: number;
  readonly budget: number;
  /** Whether the budget is a maximum or a minimum. */
  readonly bound: 'at most' | 'at least';
  readonly passed: boolean;
}

/** Compares the figures with their budgets. A figure that was not measured (NaN) fails its check. */
export function checkBudgets({ firstLoad, firstUse, phone, lighthouse }: Figures): BudgetCheck[] {
  return [
    atMost('first load, B', firstLoad, BUDGETS.firstLoad),
    atMost('after first use, B', firstUse, BUDGETS.firstUse),
    atMost('phone LCP, ms', phone.lcp, BUDGETS.lcp),
    atMost('phone TBT, ms', phone.tbt, BUDGETS.tbt),
    atMost('phone CLS', phone.cls, BUDGETS.cls),
    atLeast('Lighthouse performance', lighthouse.performance, BUDGETS.lighthouse.performance),
    atLeast('Lighthouse accessibility', lighthouse.accessibility, BUDGETS.lighthouse.accessibility),
    atLeast('Lighthouse best practices', lighthouse['best-practices'], BUDGETS.lighthouse['best-practices']),
    atLeast('Lighthouse SEO', lighthouse.seo, BUDGETS.lighthouse.seo),
  ];
}

function atMost(name: string, figure: number, budget: number): BudgetCheck {
  return { name, figure, budget, bound: 'at most', passed: figure <= budget };
}

function atLeast(name: string, figure: number, budget: number): BudgetCheck {
  return { name, figure, budget, bound: 'at least', passed: figure >= budget };
}

const HEADINGS = [
  'Page',
  'first load, used: KB',
  'desktop FCP/LCP/TBT ms, CLS',
  'phone FCP/LCP/TBT ms, CLS',
  'other hosts',
  'axe critical/serious',
  'names without JavaScript',
  'Lighthouse P/A/BP/SEO',
];

/** Formats the figures as a Markdown table with one row per page. */
export function formatFigures(pages: ReadonlyMap<string, Figures>): string {
  return formatMarkdownTable(
    HEADINGS,
    [...pages].map(([name, { firstLoad, firstUse, desktop, phone, foreign, axe, names, lighthouse }]) => [
      name,
      `${formatKilobytes(firstLoad)}, ${formatKilobytes(firstUse)}`,
      formatVitals(desktop),
      formatVitals(phone),
      String(foreign.length),
      `${axe.critical.length}/${axe.serious.length}`,
      `${names.found} of ${names.of}`,
      CATEGORIES.map((category) => lighthouse[category]).join('/'),
    ]),
  );
}

/** Formats the budget checks as a Markdown table with one row per budget. */
export function formatBudgetChecks(checks: readonly BudgetCheck[]): string {
  return formatMarkdownTable(
    ['Budget', 'figure', 'bound', ''],
    checks.map(({ name, figure, budget, bound, passed }) => [
      name,
      round(figure),
      `${bound} ${budget.toLocaleString('en')}`,
      passed ? '✓' : '✗',
    ]),
  );
}

function formatVitals({ fcp, lcp, tbt, cls }: Vitals): string {
  return `${[fcp, lcp, tbt].map((time) => time.toFixed(0)).join('/')}, ${cls.toFixed(3)}`;
}

function formatKilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(0);
}

function round(figure: number): string {
  return figure.toLocaleString('en', { maximumFractionDigits: 3 });
}
