import type { KnownCustomer } from '../src/customers/known-customers.ts';
import { openRun } from '../src/run/open-run.ts';
import type { Observation } from '../src/run/outcome.ts';
import type { PlannedTestCase } from '../src/run/plan.ts';
import { TOKEN } from './server/authorization.ts';
import { startServer } from './server/serve.ts';
import type { Variant } from './server/steps.ts';

// Fixed, so that a fault which only generated requests find is found in every run.
const SEED = 20_160_401;
// A few at a time: the rest is not needed once something was found.
const AT_ONCE = 32;

/** How a variant is tested. */
interface Trial {
  /** Customers that the tests are told of. Without any they rely on the examples. */
  readonly customers?: readonly KnownCustomer[];
  /** The check whose probes come first. */
  readonly first?: string;
  readonly timeLimitMs?: number;
  /** Says when enough was found. Default: never. */
  readonly until?: (observation: Observation) => boolean;
}

/** Starts a variant and holds it against the contract. */
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
