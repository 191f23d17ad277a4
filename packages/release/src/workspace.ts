import { relative } from 'node:path';
import { runPnpm } from '@firstofficer/on-demand';

/** A package of the workspace that a release publishes. */
export interface WorkspacePackage {
  readonly name: string;
  readonly version: string;
  /** The path of its folder, relative to the root of the workspace. */
  readonly folder: string;
}

/** Returns the packages that a release publishes: all packages of the workspace that are not private. */
export async function listPublishedPackages(root: string): Promise<WorkspacePackage[]> {
  const packages: { name: string; version: string; path: string; private?: boolean }[] = JSON.parse(
    await runPnpm(['list', '--recursive', '--depth', '-1', '--json'], root),
  );
  return packages
    .filter((entry) => !entry.private)
    .map(({ name, version, path }) => ({ name, version, folder: relative(root, path) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}
