import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDocument, type SchemaEdits, SPEC } from './server/schemas.ts';
import { startMuseum } from './server/serve.ts';
import type { MuseumVariant } from './server/steps.ts';

/** A museum that may have its own description. */
export interface DescribedMuseum {
  readonly variant: MuseumVariant;
  /** How its description differs from that of the correct museum. */
  readonly description?: SchemaEdits;
}

/** A museum that runs. Disposing of it stops it and deletes its description. */
interface RunningMuseum extends AsyncDisposable {
  readonly url: string;
  /** The path of its description. */
  readonly spec: string;
}

/** Starts a museum and writes its description if it differs from that of the correct one. */
export async function startDescribedMuseum({ variant, description }: DescribedMuseum): Promise<RunningMuseum> {
  if (!description) return withSpec(await startMuseum(variant), fileURLToPath(SPEC));
  const folder = await mkdtemp(join(tmpdir(), 'museum-'));
  const spec = join(folder, 'openapi.json');
  await writeFile(spec, JSON.stringify(readDocument(description)));
  return withSpec(await startMuseum({ edits: description, ...variant }), spec, () => rm(folder, { recursive: true }));
}

function withSpec(
  { url, close }: Awaited<ReturnType<typeof startMuseum>>,
  spec: string,
  cleanUp: () => Promise<void> = async () => {},
): RunningMuseum {
  return {
    url,
    spec,
    [Symbol.asyncDispose]: async () => {
      await close();
      await cleanUp();
    },
  };
}
