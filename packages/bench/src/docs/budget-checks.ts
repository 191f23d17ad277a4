import { BUDGETS } from '@firstofficer/docs';
import type { Figures } from './figures.ts';

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
