import { glob, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runPnpm } from '@firstofficer/on-demand';

const ROOT = join(import.meta.dirname, '../../../..');

/** The members of a `package.json` that the tests read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package that is published, and its tarball. */
export interface PackedPackage {
  readonly manifest: Manifest;
  readonly tarball: string;
}

/** Reads a `package.json`. */
export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
}

/** Packs every package of the workspace that is published into a folder, as a release does. */
export async function packPackages(folder: string): Promise<PackedPackage[]> {
  await mkdir(folder, { recursive: true });
  const manifests = await Array.fromAsync(glob(['spec', 'packages/*', 'apps/*'], { cwd: ROOT }), async (path) => ({
    path: join(ROOT, path),
    manifest: await readManifest(join(ROOT, path)),
  }));
  const published = manifests.filter(({ manifest }) => !manifest.private);
  return Promise.all(
    published.map(async ({ path, manifest }) => {
      const tarball = join(folder, `${manifest.name.replace('@firstofficer/', '')}.tgz`);
      // Scripts are ignored, because they would build the package again.
      await runPnpm(['pack', '--config.ignore-scripts=true', '--out', tarball], path);
      return { manifest, tarball };
    }),
  );
}

/** Returns the folder of an installed package. */
export function getInstalledFolder(project: string, name: string): string {
  return join(project, 'node_modules', name);
}

