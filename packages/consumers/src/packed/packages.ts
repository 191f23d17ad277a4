import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runPnpm } from '@firstofficer/on-demand';
import { listPublishedPackages } from '@firstofficer/repository';

const ROOT = join(import.meta.dirname, '../../../..');

/** The members of a `package.json` that the tests read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node: string };
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package that is published. */
export interface PackedPackage {
  /** The `package.json` in the tarball. */
  readonly manifest: Manifest;
  /** The path of the tarball. */
  readonly tarball: string;
  /** The versions of the peer dependencies that the workspace has installed. */
  readonly peers: Readonly<Record<string, string>>;
}

/** Packs every package of the workspace that is published into a folder, as a release does. */
export async function packPackages(folder: string): Promise<PackedPackage[]> {
  const filters: string[] = [];
  const peers: Record<string, Record<string, string>> = {};
  for (const { name, folder: source } of await listPublishedPackages(ROOT)) {
    filters.push('--filter', name);
    peers[name] = await readPeers(join(ROOT, source));
  }
  // Scripts are ignored, because they would build the packages again.
  await runPnpm([...filters, 'pack', '--config.ignore-scripts=true', '--pack-destination', folder], ROOT);
  return Promise.all(
    (await readdir(folder)).map(async (name) => {
      const tarball = join(folder, name);
      const manifest = await readPackedManifest(tarball);
      return { manifest, tarball, peers: peers[manifest.name] ?? {} };
    }),
  );
}

/** Reads the `package.json` in a folder. */
export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
}

/** Returns the versions of the peer dependencies of a package that the workspace has installed. */
async function readPeers(folder: string): Promise<Record<string, string>> {
  const { peerDependencies = {} } = await readManifest(folder);
  const entries = Object.keys(peerDependencies).map(async (peer) => {
    const { version } = await readManifest(join(folder, 'node_modules', peer));
    return [peer, version] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Returns the `package.json` in a tarball. */
async function readPackedManifest(tarball: string): Promise<Manifest> {
  const { stdout } = await promisify(execFile)('tar', ['-xzOf', tarball, 'package/package.json']);
  return JSON.parse(stdout);
}

/** Returns whether a package supports a major version of Node, by its `engines`. */
export function supportsNode({ engines }: Manifest, major: number): boolean {
  return major >= Number.parseInt(engines?.node.replace('>=', '') ?? '0', 10);
}

/** An entry point of a package. */
export interface EntryPoint {
  /** What users import, such as `@firstofficer/client/types`. */
  readonly specifier: string;
  /** Whether the package states that the entry point also works with `require`. */
  readonly isCommonJs: boolean;
  readonly hasTypes: boolean;
}

/** Returns the entry points of a package. */
export function listEntryPoints({ name, exports }: Manifest): EntryPoint[] {
  return Object.entries(exports).map(([path, target]) => {
    const conditions = JSON.stringify(target);
    return {
      specifier: `${name}${path.slice(1)}`,
      isCommonJs: conditions.includes('"require":'),
      hasTypes: conditions.includes('"types":') || path.endsWith('.json'),
    };
  });
}
