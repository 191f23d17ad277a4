import { BUDGETS, budgetCell } from '../budget.ts';
import type { Candidate } from '../candidates.ts';
import { exampleCustomer } from '../example.ts';
import { measureInRounds } from '../rounds.ts';
import { spread } from '../statistics.ts';
import { formatTable } from '../table.ts';
import { startWorkers } from '../workers.ts';
import type { OverheadTask } from './worker.ts';

const CANDIDATES = ['fetch', 'firstofficer', 'openapi-fetch', 'hey-api', 'ofetch', 'ky'] as const satisfies Candidate[];
type Measured = (typeof CANDIDATES)[number];

const WARM_UP = 8_000;
const ROUNDS = 41;
const CALLS = 1_000;

/**
 * Measures the time that a client adds to a stub of `fetch`, which immediately resolves with a real response. Each
 * candidate has its own process, for the same reasons as in the benchmark `cpu`.
 */
export async function overhead(): Promise<void> {
  const workers = startWorkers<Measured, OverheadTask>(CANDIDATES, new URL('./worker.ts', import.meta.url));
  try {
    const example = await exampleCustomer();
    for (const candidate of CANDIDATES) await workers.ask(candidate, { candidate, example });
    const measure = (calls: number) => (name: Measured) => workers.ask(name, { calls });
    await measureInRounds(CANDIDATES, 1, measure(WARM_UP));
    const rounds = await measureInRounds(CANDIDATES, ROUNDS, measure(CALLS));
    const rows = CANDIDATES.map((name) => {
      const { lower, median, upper } = spread(rounds[name]);
      return [
        name,
        median.toFixed(1),
        `${lower.toFixed(1)}–${upper.toFixed(1)}`,
        budgetCell(name, median, { budget: BUDGETS.overhead, unit: ' µs' }),
      ];
    });
    console.log(`\nOverhead per call\n\n${formatTable(['client', 'µs', 'middle half', 'budget'], rows)}`);
  } finally {
    workers.stop();
  }
}
