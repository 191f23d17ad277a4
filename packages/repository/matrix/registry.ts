import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type Listening, listen } from '@firstofficer/common/listen';

/** A package that the registry offers. */
export interface Release {
  readonly name: string;
  readonly version: string;
  /** The path of its tarball. */
  readonly tarball: string;
  /** How long ago it was released, in minutes. */
  readonly age: number;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Starts an npm registry with some packages. */
export async function startRegistry(releases: readonly Release[]): Promise<Listening> {
  const server = await listen(
    createServer(async ({ url = '' }, response) => {
      const [, name = '', file] = decodeURIComponent(url).split('/');
      const own = releases.filter((release) => release.name === name);
      if (own.length === 0) return response.writeHead(404).end('{}');
      const tarball = own.find(({ version }) => file === `${version}.tgz`)?.tarball;
      if (file !== undefined && tarball !== undefined) return response.end(await readFile(tarball));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await createDocument(server.url, own)));
    }),
  );
  return server;
}

/** Creates what a registry answers about all versions of a package. */
async function createDocument(registry: string, releases: readonly Release[]) {
  const versions: Record<string, unknown> = {};
  const time: Record<string, string> = {};
  for (const { name, version, tarball, age, scripts = {}, dependencies = {} } of releases) {
    const integrity = `sha512-${createHash('sha512')
      .update(await readFile(tarball))
      .digest('base64')}`;
    const dist = { tarball: `${registry}/${name}/${version}.tgz`, integrity };
    versions[version] = { name, version, scripts, dependencies, dist, hasInstallScript: 'postinstall' in scripts };
    time[version] = new Date(Date.now() - age * 60_000).toISOString();
  }
  const [{ name = '', version: latest = '' } = {}] = releases.slice(-1);
  return { name, 'dist-tags': { latest }, versions, time, modified: time[latest] };
}
