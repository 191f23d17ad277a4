import { BUDGETS, type Candidate, formatBudgetCell, readExampleCustomer } from './candidates.ts';
import { startWorkers } from './child.ts';
import type { ClientTask } from './client-worker.ts';
import { computeSpread, formatTable, measureInRounds } from './statistics.ts';

const CANDIDATES = ['fetch', 'firstofficer', 'openapi-fetch', 'hey-api', 'ofetch', 'ky'] as const satisfies Candidate[];
type Measured = (typeof CANDIDATES)[number];

const WARM_UP = 8_000;
const ROUNDS = 41;
const CALLS = 1_000;

/**
 * Measures the time that a client adds to a stub of `fetch`, which immediately resolves with a real response. Each
 * candidate has its own process, for the same reasons as in the benchmark `cpu`.
 */
export async function benchmarkOverhead(): Promise<void> {
  const workers = startWorkers<Measured, ClientTask>(CANDIDATES, new URL('./client-worker.ts', import.meta.url));
  try {
    const example = await readExampleCustomer();
    for (const candidate of CANDIDATES) await workers.perform(candidate, { candidate, example, token: 'key' });
    const measure = (calls: number) => (name: Measured) => workers.perform(name, { calls });
    await measureInRounds(CANDIDATES, 1, measure(WARM_UP));
    const rounds = await measureInRounds(CANDIDATES, ROUNDS, measure(CALLS));
    const rows = CANDIDATES.map((name) => {
      const { lower, median, upper } = computeSpread(rounds[name]);
      return [
        name,
        median.toFixed(1),
        `${lower.toFixed(1)}–${upper.toFixed(1)}`,
        formatBudgetCell(name, median, { budget: BUDGETS.overhead, unit: ' µs' }),
      ];
    });
    console.log(`\nOverhead per call\n\n${formatTable(['client', 'µs', 'middle half', 'budget'], rows)}`);
  } finally {
    workers.stop();
  }
}
