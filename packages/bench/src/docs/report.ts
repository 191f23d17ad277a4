import { markdownTable } from '../table.ts';
import type { BudgetCheck } from './budget-checks.ts';
import type { Figures } from './figures.ts';
import { CATEGORIES } from './lighthouse.ts';
import type { Vitals } from './vitals.ts';

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
export function figuresTable(pages: ReadonlyMap<string, Figures>): string {
  return markdownTable(
    HEADINGS,
    [...pages].map(([name, { firstLoad, firstUse, desktop, phone, foreign, axe, names, lighthouse }]) => [
      name,
      `${kilobytes(firstLoad)}, ${kilobytes(firstUse)}`,
      vitalsCell(desktop),
      vitalsCell(phone),
      String(foreign.length),
      `${axe.critical.length}/${axe.serious.length}`,
      `${names.found} of ${names.of}`,
      CATEGORIES.map((category) => lighthouse[category]).join('/'),
    ]),
  );
}

/** Formats the budget checks as a Markdown table with one row per budget. */
export function budgetsTable(checks: readonly BudgetCheck[]): string {
  return markdownTable(
    ['Budget', 'figure', 'bound', ''],
    checks.map(({ name, figure, budget, bound, passed }) => [
      name,
      rounded(figure),
      `${bound} ${budget.toLocaleString('en')}`,
      passed ? '✓' : '✗',
    ]),
  );
}

function vitalsCell({ fcp, lcp, tbt, cls }: Vitals): string {
  return `${[fcp, lcp, tbt].map((time) => time.toFixed(0)).join('/')}, ${cls.toFixed(3)}`;
}

function kilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(0);
}

function rounded(figure: number): string {
  return figure.toLocaleString('en', { maximumFractionDigits: 3 });
}
