import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { type PackedPackage, readPackedFile } from '../tarball.ts';
import type { CheckContext } from './check.ts';
import { listEntries } from './entries.ts';

/** The imports of a module: `from '…'`, `import '…'`, `import('…')` and `require('…')`. */
const IMPORTS = /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*(["'])([^"'\n]+)\1/g;
const COMMENTS = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const PACKAGE_NAME = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(?=\/|$)/;

/**
 * Reports dependencies that no registry has, and packages that the code or the types import although the manifest does
 * not name them.
 */
export async function checkDependencies(pkg: PackedPackage, { versions }: CheckContext): Promise<string[]> {
  const { name, dependencies, peerDependencies, optionalDependencies } = pkg.manifest;
  const declared = { ...peerDependencies, ...optionalDependencies, ...dependencies };
  const own = Object.entries(declared).filter(([dependency]) => dependency.startsWith('@firstofficer/'));
  const imports = await listImports(pkg);
  return [
    ...own
      .filter(([dependency]) => !versions.has(dependency))
      .map(([dependency]) => `It depends on ${dependency}, which is private and therefore in no registry.`),
    ...own
      .filter(([dependency, range]) => versions.has(dependency) && versions.get(dependency) !== range)
      .map(
        ([dependency, range]) =>
          `It depends on ${dependency} ${range}, but this release has version ${versions.get(dependency)}.`,
      ),
    ...[...imports]
      .filter(([dependency]) => dependency !== name && !(dependency in declared))
      .map(([dependency, path]) => `${path} imports ${dependency}, which package.json does not name as a dependency.`),
  ];
}

/**
 * Returns the packages that the code and the types import, each with the first file that imports it. Types that no entry
 * leads to are left out, because no compiler reads them.
 */
async function listImports(pkg: PackedPackage): Promise<Map<string, string>> {
  const specifiers = new Map(
    await Promise.all(
      pkg.files
        .filter(({ path }) => /^(?:dist|bin)\/.*\.[cm]?[jt]s$/.test(path))
        .map(async ({ path }): Promise<[string, string[]]> => [path, findSpecifiers(await readPackedFile(pkg, path))]),
    ),
  );
  const types = findReachable(listEntries(pkg.manifest), specifiers);
  const imports = new Map<string, string>();
  for (const [path, found] of specifiers) {
    if (isDeclaration(path) && !types.has(path)) continue;
    for (const specifier of found) {
      const [dependency] = PACKAGE_NAME.exec(specifier) ?? [];
      if (dependency && !isBuiltin(specifier) && !imports.has(dependency)) imports.set(dependency, path);
    }
  }
  return imports;
}

function findSpecifiers(code: string): string[] {
  return [...code.replace(COMMENTS, '').matchAll(IMPORTS)].map(([, , specifier = '']) => specifier);
}

/** Returns the declarations that the entries lead to. */
function findReachable(entries: readonly string[], specifiers: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const add = (path: string) => {
    if (reached.has(path) || !isDeclaration(path)) return;
    reached.add(path);
    for (const specifier of specifiers.get(path) ?? []) {
      if (specifier.startsWith('.')) add(posix.join(posix.dirname(path), specifier.replace(/\.([cm]?)js$/, '.d.$1ts')));
    }
  };
  for (const entry of entries) add(entry);
  return reached;
}

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$/.test(path);
}
