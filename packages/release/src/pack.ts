import { mkdir, readFile, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runPnpm } from '@firstofficer/on-demand';
import type { PublishedPackage } from '@firstofficer/repository';
import { checkPackedPackage, type Problem } from './checks/index.ts';
import { EXPECTATIONS } from './expectations.ts';
import { type PackedPackage, unpackTarball } from './tarball.ts';

/** A packed package and the problems that the checks found. */
export interface CheckedPackage extends PackedPackage {
  readonly source: PublishedPackage;
  readonly problems: readonly Problem[];
}

/** What to pack, and where to put it. */
export interface PackOptions {
  /** The root of the workspace, which is built. */
  readonly root: string;
  /** The folder for the tarballs. */
  readonly out: string;
}

/** Packs packages as a release does, and checks each tarball. */
export async function packPackages(
  packages: readonly PublishedPackage[],
  { root, out }: PackOptions,
): Promise<CheckedPackage[]> {
  await mkdir(out, { recursive: true });
  const packed: { source: PublishedPackage; pkg: PackedPackage }[] = [];
  for (const source of packages) {
    const tarball = join(out, `${getFileName(source)}.tgz`);
    // The packages are built, and scripts would build each of them again.
    await runPnpm(['pack', '--config.ignore-scripts=true', '--out', tarball], join(root, source.folder));
    packed.push({ source, pkg: await unpackTarball(tarball, join(root, '.packed', getFileName(source))) });
  }
  const versions = new Map(packages.map(({ name, version }) => [name, version]));
  const license = await readFile(join(root, 'LICENSE'), 'utf8');
  const localFolders = [root, await realpath(homedir())].filter((folder) => folder.length > 1);
  return Promise.all(
    packed.map(async ({ source, pkg }) => {
      const expectation = EXPECTATIONS[source.name];
      if (!expectation) {
        throw new Error(
          `${source.name} is published, but packages/release/src/expectations.ts does not say what it may contain. ` +
            'Add it there, or set "private": true in its package.json.',
        );
      }
      return {
        ...pkg,
        source,
        problems: await checkPackedPackage(pkg, { versions, license, expectation, localFolders }),
      };
    }),
  );
}

/**
 * Returns the name of the files of a package, without an extension.
 *
 * @example
 * getFileName({ name: '@firstofficer/mock', version: '0.1.0' }); // 'firstofficer-mock-0.1.0'
 */
export function getFileName({ name, version }: Pick<PublishedPackage, 'name' | 'version'>): string {
  return `${name.replace('@', '').replace('/', '-')}-${version}`;
}
