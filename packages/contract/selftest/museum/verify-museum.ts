import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Observation } from '../../src/index.ts';
import { collectObservations } from '../verify-variant.ts';
import type { ConformingMuseum } from './conforming.ts';
import { KEY } from './server/correct.ts';
import { readDocument, SPEC } from './server/schemas.ts';
import { startMuseum } from './server/serve.ts';

interface VerifyOptions {
  /** The name of the check whose test cases run first. */
  readonly first?: string;
  /** Returns whether the run stops at this observation. Default: never. */
  readonly shouldStop?: (observation: Observation) => boolean;
}

/** Starts a museum, runs the contract tests against it and returns the violations and notes that they report. */
export async function verifyMuseum(
  { variant, description }: Pick<ConformingMuseum, 'variant' | 'description'>,
  { first = '', shouldStop = () => false }: VerifyOptions = {},
): Promise<Observation[]> {
  await using spec = await writeDescription(description);
  await using server = await startMuseum({ ...(description && { edits: description }), ...variant });
  const target = { url: server.url, token: KEY };
  return await collectObservations({ target, spec: spec.path, first }, shouldStop);
}

/** Writes the description of a museum if it differs from that of the correct one. */
async function writeDescription(edits: ConformingMuseum['description']) {
  const folder = edits && (await mkdtemp(join(tmpdir(), 'museum-')));
  const path = folder === undefined ? fileURLToPath(SPEC) : join(folder, 'openapi.json');
  if (edits) await writeFile(path, JSON.stringify(readDocument(edits)));
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true });
    },
  };
}
