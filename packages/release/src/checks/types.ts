import { readFile } from 'node:fs/promises';
import { checkPackage, createPackageFromTarballData, type Problem, type ResolutionKind } from '@arethetypeswrong/core';
import { problemKindInfo } from '@arethetypeswrong/core/problems';
import type { PackedPackage } from '../tarball.ts';

/** Module resolutions that find no package without CommonJS, whatever its types. */
const COMMON_JS: readonly ResolutionKind[] = ['node10', 'node16-cjs'];

/** Reports types that do not match the code, with Are The Types Wrong. Packages without types have none to check. */
export async function checkTypes({ tarball, files, manifest }: PackedPackage): Promise<string[]> {
  if (!files.some(({ path }) => /\.d\.[cm]?ts$/.test(path))) return [];
  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(tarball))));
  if (!analysis.types) return ['The types of the package cannot be found. Name them in exports.'];
  // Node 22 and later load ES modules with require, so packages for Node 24 need no CommonJS.
  const isModuleOnly = manifest.type === 'module' && !JSON.stringify(manifest.exports ?? '').includes('"require"');
  return analysis.problems
    .filter((problem) => !isModuleOnly || !COMMON_JS.some((kind) => kind === getResolution(problem)))
    .map(describeProblem);
}

function getResolution(problem: Problem): ResolutionKind | undefined {
  return 'resolutionKind' in problem ? problem.resolutionKind : undefined;
}

function describeProblem(problem: Problem): string {
  const places = [
    'entrypoint' in problem ? `entry ${problem.entrypoint}` : '',
    'fileName' in problem ? formatFile(problem.fileName) : '',
    'typesFileName' in problem ? formatFile(problem.typesFileName) : '',
    getResolution(problem) ?? '',
  ];
  return `${problemKindInfo[problem.kind].title} (${places.filter((place) => place !== '').join(', ')}).`;
}

/** Returns the path of a file in its package. */
function formatFile(path: string): string {
  return path.replace(/^\/node_modules\/(?:@[^/]+\/)?[^/]+\//, '');
}
