import { type KnownCustomer, type Observation, runContract } from '../src/index.ts';
import { TOKEN } from './server/correct.ts';
import { startServer } from './server/serve.ts';
import type { Variant } from './server/steps.ts';

// Fixed, so that faults that only generated values find are found in every run.
const SEED = 20_160_401;

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
  { customers = [], first = '', timeLimitMs = 10_000, until = () => false }: Trial = {},
): Promise<Observation[]> {
  const server = await startServer(variant);
  const target = { url: server.url, token: TOKEN };
  const found: Observation[] = [];
  try {
    for await (const event of runContract({ target, customers, first, seed: SEED, timeLimitMs })) {
      if (event.type !== 'violation') continue;
      found.push(event.observation);
      if (until(event.observation)) break;
    }
  } finally {
    await server.close();
  }
  return found;
}
