import { posix } from 'node:path';
import { type PackedPackage, readPackedFile } from '../tarball.ts';

/** Reports source maps whose sources are not in the package, and references to source maps that are not in it. */
export async function checkSourceMaps(pkg: PackedPackage): Promise<string[]> {
  const paths = new Set(pkg.files.map(({ path }) => path));
  const problems = await Promise.all(
    [...paths].map(async (path) => {
      if (path.endsWith('.map')) return findMissingSources(path, await readPackedFile(pkg, path), paths);
      if (!/\.[cm]?[jt]s$/.test(path)) return [];
      const [, map] = /^\/\/# sourceMappingURL=(?!data:)(\S+)\s*$/m.exec(await readPackedFile(pkg, path)) ?? [];
      if (map === undefined || paths.has(resolve(path, map))) return [];
      return [`${path} refers to the source map ${map}, which is not in the package.`];
    }),
  );
  return problems.flat();
}

function findMissingSources(path: string, text: string, paths: ReadonlySet<string>): string[] {
  const { sources = [], sourcesContent = [], sourceRoot = '' } = JSON.parse(text) as SourceMap;
  return sources
    .filter((source, index) => sourcesContent[index] == null && !paths.has(resolve(path, sourceRoot + source)))
    .map((source) => `${path} refers to the source ${source}, which is not in the package.`);
}

/** Resolves a relative path against the folder of a file. */
function resolve(file: string, relative: string): string {
  return posix.join(posix.dirname(file), relative);
}

interface SourceMap {
  readonly sources?: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
  readonly sourceRoot?: string;
}
