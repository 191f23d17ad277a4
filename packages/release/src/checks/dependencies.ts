import { isBuiltin } from 'node:module';
import { type PackedPackage, readPackedFile } from '../tarball.ts';
import type { CheckContext } from './check.ts';

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

/** Returns the packages that the files in `dist` and `bin` import, each with the first file that imports it. */
async function listImports(pkg: PackedPackage): Promise<Map<string, string>> {
  const imports = new Map<string, string>();
  for (const { path } of pkg.files) {
    if (!/^(?:dist|bin)\/.*\.[cm]?[jt]s$/.test(path)) continue;
    const text = (await readPackedFile(pkg, path)).replace(COMMENTS, '');
    for (const [, , specifier = ''] of text.matchAll(IMPORTS)) {
      const [dependency] = PACKAGE_NAME.exec(specifier) ?? [];
      if (dependency && !isBuiltin(specifier) && !imports.has(dependency)) imports.set(dependency, path);
    }
  }
  return imports;
}
