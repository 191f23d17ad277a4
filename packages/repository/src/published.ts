import { relative } from 'node:path';
import { runPnpm } from '@firstofficer/on-demand';

/**
 * A package of the workspace that a release publishes.
 *
 * @example
 * const mock: PublishedPackage = { name: '@firstofficer/mock', version: '0.1.0', folder: 'packages/mock' };
 */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** The path of its folder, relative to the root of the workspace. */
  readonly folder: string;
}

/**
 * Returns the packages that a release publishes: all packages of a workspace that are not private, in order of their
 * names.
 *
 * @param root - The root folder of the workspace.
 * @example
 * const [api] = await listPublishedPackages('.'); // { name: '@firstofficer/api', version: '0.1.0', folder: 'apps/api' }
 */
export async function listPublishedPackages(root: string): Promise<PublishedPackage[]> {
  const packages: { name: string; version: string; path: string; private?: boolean }[] = JSON.parse(
    await runPnpm(['list', '--recursive', '--depth', '-1', '--json'], root),
  );
  return packages
    .filter((entry) => !entry.private)
    .map(({ name, version, path }) => ({ name, version, folder: relative(root, path) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
