import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type Listening, listen } from '@firstofficer/common/listen';
import type { PackedPackage } from './packages.ts';

/** A file that the registry serves. */
interface Content {
  readonly type: string;
  readonly body: Buffer | string;
}

/**
 * Starts a package registry that contains the packed packages, so that npm and pnpm install them by name, as after a
 * release. It has no other packages, so it is only for the scope `@firstofficer`.
 */
export async function startRegistry(packages: readonly PackedPackage[]): Promise<Listening> {
  const contents = new Map<string, Content>();
  const registry = await listen(
    createServer(({ url = '' }, response) => {
      const content = contents.get(decodeURIComponent(url));
      if (content === undefined) response.writeHead(404).end('{}');
      else response.writeHead(200, { 'Content-Type': content.type }).end(content.body);
    }),
  );
  for (const { manifest, tarball } of packages) {
    const { name, version } = manifest;
    const bytes = await readFile(tarball);
    const path = `/${name}/-/${version}.tgz`;
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const body = JSON.stringify({
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...manifest, dist: { tarball: `${registry.url}${path}`, integrity } } },
      // pnpm does not install versions that were published a short time ago.
      time: { [version]: '2026-01-01T00:00:00.000Z' },
    });
    contents.set(path, { type: 'application/octet-stream', body: bytes });
    contents.set(`/${name}`, { type: 'application/json', body });
  }
  return registry;
}
