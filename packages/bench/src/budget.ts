import { type Candidate, OURS } from './candidates.ts';

/** The budgets of our client. */
export const BUDGETS = {
  /** The size of a bundle in bytes, compressed with gzip. */
  size: 3_900,
  /** CPU time per request, as a multiple of the CPU time of `fetch` and `json()` alone. */
  cpu: 1.1,
  /** Microseconds per call in addition to `fetch` and `json()`. */
  overhead: 6,
} as const;

interface Budget {
  readonly budget: number;
  /** The unit, with a leading space if it needs one. */
  readonly unit: string;
}

/** Returns the table cell that shows whether our client is within its budget. It is empty for other clients. */
export function budgetCell(candidate: Candidate, figure: number, { budget, unit }: Budget): string {
  if (candidate !== OURS) return '';
  return `${figure <= budget ? '✓' : '✗'} at most ${budget.toLocaleString('en')}${unit}`;
}
