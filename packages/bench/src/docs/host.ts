import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { precompress } from './precompress.ts';
import { type Served, serveFolder } from './serve.ts';
import type { Site } from './site.ts';

export const SPEC = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** A site and its running server. */
export interface Host {
  readonly name: string;
  readonly server: Served;
}

/** Writes the sites into a temporary folder and serves each on its own port, so that each has its own root path. */
export async function host(sites: readonly Site[]): Promise<AsyncDisposable & { readonly hosts: readonly Host[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-docs-bench-'));
  const hosts = await Promise.all(
    sites.map(async ({ name, write }) => {
      const own = join(folder, name);
      await mkdir(own);
      await copyFile(SPEC, join(own, 'openapi.yaml'));
      await write(own);
      await precompress(own);
      return { name, server: await serveFolder(own) };
    }),
  );
  return {
    hosts,
    async [Symbol.asyncDispose]() {
      for (const { server } of hosts) await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}
