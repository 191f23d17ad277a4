import { type Candidate, OURS } from './candidates.ts';

/** What our client may cost at most. */
export const BUDGETS = {
  /** Bytes of a bundle with gzip. */
  size: 3_900,
  /** CPU per request as a multiple of what fetch and parsing take by themselves. */
  cpu: 1.1,
  /** Microseconds per call beyond fetch and parsing. */
  overhead: 6,
} as const;

/** The cell of a table that says whether our client keeps its budget; empty for the others, which have none. */
export function verdict(candidate: Candidate, figure: number, budget: number, unit: string): string {
  if (candidate !== OURS) return '';
  return `${figure <= budget ? '✓' : '✗'} at most ${budget.toLocaleString('en')}${unit}`;
}
