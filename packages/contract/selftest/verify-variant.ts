import { type KnownCustomer, type Observation, type RunOptions, runContract } from '../src/index.ts';
import { TOKEN } from './server/correct.ts';
import { startServer } from './server/serve.ts';
import type { Variant } from './server/steps.ts';

// The seed is fixed, because only some of the generated values trigger some faults.
const SEED = 20_160_401;

interface VerifyOptions {
  /** The known customers. Default: none, so the contract tests use the examples. */
  readonly customers?: readonly KnownCustomer[];
  /** The name of the check whose test cases run first. */
  readonly first?: string;
  readonly timeLimitMs?: number;
  /** Returns whether the run stops at this observation. Default: never. */
  readonly shouldStop?: (observation: Observation) => boolean;
}

// The server has no other operation of the description.
const FILTER = /^retrieveCustomer /;

/** Starts a variant, runs the contract tests against it and returns the violations and notes that they report. */
export async function verifyVariant(
  variant: Variant | undefined,
  { customers = [], first = '', timeLimitMs = 10_000, shouldStop = () => false }: VerifyOptions = {},
): Promise<Observation[]> {
  await using server = await startServer(variant);
  const target = { url: server.url, token: TOKEN };
  return await collectObservations({ target, customers, first, filter: FILTER, timeLimitMs }, shouldStop);
}

/** Runs the contract tests and returns the violations and notes that they report. */
export async function collectObservations(
  options: RunOptions,
  shouldStop: (observation: Observation) => boolean,
): Promise<Observation[]> {
  const observations: Observation[] = [];
  for await (const event of runContract({ seed: SEED, ...options })) {
    if (event.type !== 'violation') continue;
    observations.push(event.observation);
    if (shouldStop(event.observation)) break;
  }
  return observations;
}
