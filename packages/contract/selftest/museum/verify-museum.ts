import type { Observation } from '../../src/index.ts';
import { collectObservations } from '../verify-variant.ts';
import { type DescribedMuseum, startDescribedMuseum } from './described-museum.ts';
import { KEY } from './server/correct.ts';

interface VerifyOptions {
  /** The name of the check whose test cases run first. */
  readonly first?: string;
  /** Returns whether the run stops at this observation. Default: never. */
  readonly shouldStop?: (observation: Observation) => boolean;
}

/** Starts a museum, runs the contract tests against it and returns the violations and notes that they report. */
export async function verifyMuseum(
  museum: DescribedMuseum,
  { first = '', shouldStop = () => false }: VerifyOptions = {},
): Promise<Observation[]> {
  await using server = await startDescribedMuseum(museum);
  const target = { url: server.url, token: KEY };
  return await collectObservations({ target, spec: server.spec, first }, shouldStop);
}
