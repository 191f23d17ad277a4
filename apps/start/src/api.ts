import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, seed, startApi } from '@firstofficer/api';

/** A server with the example customers, and a key for them. */
export interface SeededApi extends Api {
  readonly key: string;
}

// Short, so that Ctrl-C does not wait long for a browser that keeps its connections.
const KEEP_ALIVE_MS = 1_000;

/** Starts the live server on data of its own, which is gone when this process ends: it is there to be tried. */
export async function startSeededApi(port: number): Promise<SeededApi> {
  const directory = mkdtempSync(join(tmpdir(), 'firstofficer-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  // Whatever database the environment names is not for trying things.
  const { key } = await seed({ directory }, {});
  const api = await startApi({ database: { directory }, port, env: {}, limits: { keepAliveMs: KEEP_ALIVE_MS } });
  return { ...api, key };
}
