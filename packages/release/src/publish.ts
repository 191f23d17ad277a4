import { runPnpm } from '@firstofficer/on-demand';
import type { PackedPackage } from './tarball.ts';

/** How to publish. */
export interface PublishOptions {
  /** Where pnpm runs. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether to publish a statement of how the package was built. */
  readonly provenance: boolean;
  /** Is called after each package. */
  readonly report: (pkg: PackedPackage, result: 'published' | 'exists') => void;
}

/**
 * Publishes the tarballs whose versions the registry does not have. Dependencies come first, so that each package can be
 * installed as soon as it is published.
 *
 * @throws Error with the reason of the registry. The packages before it stay published, and the next call continues.
 */
export async function publishPackages(packages: readonly PackedPackage[], options: PublishOptions): Promise<void> {
  for (const pkg of sortByDependencies(packages)) {
    if (await isPublished(pkg.manifest, options)) {
      options.report(pkg, 'exists');
      continue;
    }
    await publishPackage(pkg, options);
    options.report(pkg, 'published');
  }
}

async function publishPackage({ manifest, tarball }: PackedPackage, { root, env, provenance }: PublishOptions) {
  const options = ['--access', 'public', '--no-git-checks', ...(provenance ? ['--provenance'] : [])];
  try {
    await runPnpm(['publish', tarball, ...options], root, env);
  } catch (error) {
    throw new Error(
      `${manifest.name} ${manifest.version} is not published. Fix the cause and run the job again: ` +
        `it leaves out the versions that the registry has.\n${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** Returns whether the registry has a version of a package. */
export async function isPublished(
  { name, version }: { readonly name: string; readonly version: string },
  { root, env }: Pick<PublishOptions, 'root' | 'env'>,
): Promise<boolean> {
  try {
    await runPnpm(['view', `${name}@${version}`, 'version'], root, env);
    return true;
  } catch (error) {
    // pnpm has other codes for a package that does not exist, and for a version that does not exist.
    if (/ERR_PNPM_(?:FETCH_404|PACKAGE_NOT_FOUND|NO_MATCHING_VERSION)|E404/.test((error as Error).message))
      return false;
    throw error;
  }
}

/** Returns the packages so that each one comes after the packages that it depends on. */
export function sortByDependencies<T extends Pick<PackedPackage, 'manifest'>>(packages: readonly T[]): T[] {
  const byName = new Map(packages.map((pkg) => [pkg.manifest.name, pkg]));
  const sorted = new Set<T>();
  const add = (pkg: T) => {
    if (sorted.has(pkg)) return;
    for (const name of Object.keys(pkg.manifest.dependencies ?? {})) {
      const dependency = byName.get(name);
      if (dependency) add(dependency);
    }
    sorted.add(pkg);
  };
  for (const pkg of packages) add(pkg);
  return [...sorted];
}
