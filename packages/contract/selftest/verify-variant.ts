import type { KnownCustomer } from '../src/customers/known-customers.ts';
import { openRun } from '../src/run/open-run.ts';
import type { Observation } from '../src/run/outcome.ts';
import type { PlannedTestCase } from '../src/run/plan.ts';
import { TOKEN } from './server/correct.ts';
import { startServer } from './server/serve.ts';
import type { Variant } from './server/steps.ts';

// Fixed, so that faults that only generated values find are found in every run.
const SEED = 20_160_401;
// Run in batches, so that the run can stop after the fault was found.
const AT_ONCE = 32;

/** How to test a variant. */
interface Trial {
  /** The known customers. Without any, the tests use the examples. */
  readonly customers?: readonly KnownCustomer[];
  /** The check whose test cases run first. */
  readonly first?: string;
  readonly timeLimitMs?: number;
  /** Returns whether the run can stop at this observation. Default: never. */
  readonly until?: (observation: Observation) => boolean;
}

/** Starts a variant, runs the contract tests against it and returns the observations. */
export async function verifyVariant(
  variant: Variant | undefined,
  { customers = [], first, timeLimitMs = 10_000, until = () => false }: Trial = {},
): Promise<Observation[]> {
  const server = await startServer(variant);
  const target = { url: server.url, token: TOKEN };
  const run = await openRun({ target, customers, settings: { seed: SEED, timeLimitMs } });
  try {
    const planned = inOrder(run.planned, first);
    const found: Observation[] = [];
    for (let start = 0; start < planned.length && !found.some(until); start += AT_ONCE) {
      const outcomes = await Promise.all(planned.slice(start, start + AT_ONCE).map(run.run));
      found.push(...outcomes.flatMap(({ observations }) => observations));
    }
    return found;
  } finally {
    await run.close();
    await server.close();
  }
}

function inOrder(planned: readonly PlannedTestCase[], first: string | undefined): PlannedTestCase[] {
  const [others, own] = [false, true].map((isOwn) => planned.filter(({ check }) => (check.name === first) === isOwn));
  return [...(own ?? []), ...(others ?? [])];
}
