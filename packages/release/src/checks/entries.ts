import { posix } from 'node:path';
import { type Manifest, type PackedPackage, readPackedFile } from '../tarball.ts';

/** Reports paths in `exports`, `bin` and so on that are not in the package, and commands that cannot run. */
export async function checkEntries(pkg: PackedPackage): Promise<string[]> {
  const { exports, main, types, typesVersions, bin, name } = pkg.manifest;
  const files = new Map(pkg.files.map((file) => [file.path, file]));
  const commands = typeof bin === 'string' ? { [name]: bin } : (bin ?? {});
  const missing = Object.entries({ exports, main, types, typesVersions, bin: commands }).flatMap(([member, value]) =>
    listPaths(value)
      .filter((path) => !path.includes('*') && !files.has(path))
      .map((path) => `${member} in package.json names ${path}, which is not in the package.`),
  );
  const broken = Object.entries(commands).map(async ([command, path]) => {
    const file = files.get(normalize(path));
    if (!file) return [];
    const [firstLine = ''] = (await readPackedFile(pkg, file.path)).split('\n');
    return [
      ...(file.isExecutable ? [] : [`${file.path} of the command ${command} is not executable.`]),
      ...(firstLine.startsWith('#!') ? [] : [`${file.path} of the command ${command} does not begin with #!.`]),
    ];
  });
  return [...new Set(missing), ...(await Promise.all(broken)).flat()];
}

/** Returns the paths of the modules that users of a package import, and of their types. */
export function listEntries({ exports, main, types }: Manifest): string[] {
  return listPaths([exports, main, types]);
}

/** Returns all paths in a value of `exports`, `bin` or `typesVersions`. */
function listPaths(value: unknown): string[] {
  if (typeof value === 'string') return [normalize(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listPaths) : [];
}

function normalize(path: string): string {
  return posix.normalize(path);
}
