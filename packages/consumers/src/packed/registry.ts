import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type Listening, listen } from '@firstofficer/common/listen';
import type { PackedPackage } from './packages.ts';

/**
 * Starts a package registry that contains the packed packages, so that npm and pnpm install them by name, as after a
 * release. It has no other packages: use it for the scope `@firstofficer` only.
 */
export async function startRegistry(packages: readonly PackedPackage[]): Promise<Listening> {
  const contents = new Map<string, { readonly type: string; readonly body: Buffer | string }>();
  const registry = await listen(
    createServer(({ url = '' }, response) => {
      const content = contents.get(decodeURIComponent(url));
      if (content === undefined) response.writeHead(404).end('{}');
      else response.writeHead(200, { 'Content-Type': content.type }).end(content.body);
    }),
  );
  for (const { tarball } of packages) {
    const bytes = await readFile(tarball);
    const manifest = readPackedManifest(bytes);
    const path = `/${manifest.name}/-/${manifest.version}.tgz`;
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    const dist = { tarball: `${registry.url}${path}`, integrity };
    const body = JSON.stringify({
      name: manifest.name,
      'dist-tags': { latest: manifest.version },
      versions: { [manifest.version]: { ...manifest, dist } },
      // pnpm does not install versions that were published only a short time ago.
      time: { [manifest.version]: '2026-01-01T00:00:00.000Z' },
    });
    contents.set(path, { type: 'application/octet-stream', body: bytes });
    contents.set(`/${manifest.name}`, { type: 'application/json', body });
  }
  return registry;
}

/** Returns the `package.json` of a tarball. */
function readPackedManifest(tarball: Buffer): { readonly name: string; readonly version: string } {
  const archive = gunzipSync(tarball);
  // A tar archive consists of blocks of 512 bytes: a header with name and size, then the file.
  for (let offset = 0; offset < archive.length; ) {
    const readField = (start: number, length: number) =>
      archive.toString('utf8', offset + start, offset + start + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(readField(124, 12), 8) || 0;
    const start = offset + 512;
    if (readField(0, 100) === 'package/package.json') return JSON.parse(archive.toString('utf8', start, start + size));
    offset = start + Math.ceil(size / 512) * 512;
  }
  throw new Error('The tarball contains no package.json.');
}
