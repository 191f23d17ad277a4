import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';

/** A version of a package that a registry has. */
export interface RegistryPackage {
  /** Its `package.json`. */
  readonly manifest: {
    readonly name: string;
    readonly version: string;
    readonly scripts?: Readonly<Record<string, string>> | undefined;
  };
  /** The path of its tarball. */
  readonly tarball: string;
  /** Default: long ago, because pnpm does not install versions that were published a short time ago. */
  readonly publishedAt?: Date;
}

const LONG_AGO = new Date('2026-01-01');

/**
 * Creates the listener of a package registry for tests. npm and pnpm install its packages by name, as after a release. It
 * has no other packages.
 *
 * @example
 * const { url } = await listenInTest(context, createServer(createRegistry([{ manifest, tarball }])));
 */
export function createRegistry(packages: readonly RegistryPackage[]): RequestListener {
  return async ({ url = '', headers }, response) => {
    const [, name, version] = /^\/(.+?)(?:\/-\/(.+)\.tgz)?$/.exec(decodeURIComponent(url)) ?? [];
    const own = packages.filter(({ manifest }) => manifest.name === name);
    if (own.length === 0) {
      response.writeHead(404).end('{}');
    } else if (version === undefined) {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(await createDocument(own, `http://${headers.host}/${name}/-`)));
    } else {
      const tarball = own.find(({ manifest }) => manifest.version === version)?.tarball;
      response.end(tarball && (await readFile(tarball)));
    }
  };
}

/** Creates what a registry answers about all versions of a package. */
async function createDocument(packages: readonly RegistryPackage[], folder: string): Promise<object> {
  const versions: Record<string, object> = {};
  const time: Record<string, string> = {};
  for (const { manifest, tarball, publishedAt = LONG_AGO } of packages) {
    const { version, scripts = {} } = manifest;
    const hash = createHash('sha512').update(await readFile(tarball));
    const dist = { tarball: `${folder}/${version}.tgz`, integrity: `sha512-${hash.digest('base64')}` };
    versions[version] = { ...manifest, dist, hasInstallScript: 'postinstall' in scripts };
    time[version] = publishedAt.toISOString();
  }
  const { name, version: latest } = packages.at(-1)?.manifest ?? { version: '' };
  return { name, 'dist-tags': { latest }, versions, time, modified: time[latest] };
}
