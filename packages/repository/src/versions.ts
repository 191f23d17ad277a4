import { parse } from 'yaml';
import type { Manifest } from './workspaces.ts';

// A version without a range, with an optional prerelease. `npm:` gives a package another name.
const EXACT = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.-]+)?$/;

/** Returns the dependencies of a package that do not get their version from a catalog or from the workspace. */
export function findInexactDependencies(manifest: Manifest): string[] {
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  return [dependencies, devDependencies, optionalDependencies].flatMap((group) =>
    Object.entries(group ?? {})
      .filter(([, version]) => !/^(?:catalog:|workspace:\*$|link:)/.test(version))
      .map(
        ([name, version]) =>
          `${manifest.name} depends on ${name} ${version}. Write the exact version into the catalog of its workspace, and "catalog:" into package.json.`,
      ),
  );
}

interface Workspace {
  readonly catalog?: Readonly<Record<string, string>>;
  readonly catalogs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Returns the catalog entries of a `pnpm-workspace.yaml` that are ranges or tags. */
export function findInexactCatalogEntries(text: string): string[] {
  const { catalog = {}, catalogs = {} }: Workspace = parse(text) ?? {};
  return [catalog, ...Object.values(catalogs)].flatMap((entries) =>
    Object.entries(entries)
      .filter(([, version]) => !EXACT.test(version))
      .map(([name, version]) => `The catalog has ${name} ${version}. Write an exact version, such as 1.2.3.`),
  );
}
