import { type KnownCustomer, type Observation, runContract } from '../src/index.ts';
import { TOKEN } from './server/correct.ts';
import { startServer } from './server/serve.ts';
import type { Variant } from './server/steps.ts';

// A fixed seed, because some faults are found only by some generated values.
const SEED = 20_160_401;

interface VerifyOptions {
  /** The known customers. Without any, the tests use the examples. */
  readonly customers?: readonly KnownCustomer[];
  /** The check whose test cases run first. */
  readonly first?: string;
  readonly timeLimitMs?: number;
  /** Returns whether the run stops at this observation. Default: never. */
  readonly until?: (observation: Observation) => boolean;
}

/** Starts a variant, runs the contract tests against it and returns the observations. */
export async function verifyVariant(
  variant: Variant | undefined,
  { customers = [], first = '', timeLimitMs = 10_000, until = () => false }: VerifyOptions = {},
): Promise<Observation[]> {
  await using server = await startServer(variant);
  const target = { url: server.url, token: TOKEN };
  const found: Observation[] = [];
  for await (const event of runContract({ target, customers, first, seed: SEED, timeLimitMs })) {
    if (event.type !== 'violation') continue;
    found.push(event.observation);
    if (until(event.observation)) break;
  }
  return found;
}
