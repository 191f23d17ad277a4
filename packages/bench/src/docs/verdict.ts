import { BUDGETS } from '@firstofficer/docs';
import type { Figures } from './figures.ts';

/** Whether a figure of ours keeps its budget. */
export interface Verdict {
  readonly what: string;
  readonly figure: number;
  readonly budget: number;
  /** Whether the budget is the most or the least that the figure may be. */
  readonly bound: 'at most' | 'at least';
  readonly kept: boolean;
}

/** Each budget, beside the figure it is of. A figure that was not measured keeps none. */
export function verdicts({ firstLoad, firstUse, phone, lighthouse }: Figures): Verdict[] {
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

function atMost(what: string, figure: number, budget: number): Verdict {
  return { what, figure, budget, bound: 'at most', kept: figure <= budget };
}

function atLeast(what: string, figure: number, budget: number): Verdict {
  return { what, figure, budget, bound: 'at least', kept: figure >= budget };
}
