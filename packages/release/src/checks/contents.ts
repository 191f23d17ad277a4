import { matchesGlob } from 'node:path';
import { type PackedPackage, readPackedFile } from '../tarball.ts';
import type { CheckContext } from './check.ts';

const REQUIRED = ['LICENSE', 'README.md', 'package.json'];
const COMMON = [...REQUIRED, 'CHANGELOG.md'];

/** Files that belong in no package, even if they are between the sources. */
const FORBIDDEN = [
  '**/{test,tests,matrix,__tests__,node_modules}/**',
  '**/*.{test,spec}.*',
  '**/.*',
  '**/*.tsbuildinfo',
];

/** Values that are keys, and not examples of keys: those end after a few characters. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'a key of Stripe': /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/,
  'a token of npm': /\bnpm_[A-Za-z0-9]{36}\b/,
  'a token of GitHub': /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40,})/,
  'a key of Amazon Web Services': /\bAKIA[A-Z0-9]{16}\b/,
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
};

/** Reports files that are missing, that do not belong in the package, or that contain a secret or a local path. */
export async function checkContents(pkg: PackedPackage, context: CheckContext): Promise<string[]> {
  const paths = pkg.files.map(({ path }) => path);
  const allowed = [...COMMON, ...context.expectation.files];
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: await readPackedFile(pkg, path) })));
  return [
    ...REQUIRED.filter((path) => !paths.includes(path)).map((path) => `${path} is missing.`),
    ...context.expectation.files
      .filter((pattern) => !paths.some((path) => matchesGlob(path, pattern)))
      .map((pattern) => `No file matches ${pattern}. Was the package built?`),
    ...paths
      .filter((path) => matchesAny(path, FORBIDDEN) || !matchesAny(path, allowed))
      .map((path) => `${path} does not belong in the package. Change files in its package.json.`),
    ...texts.flatMap(({ path, text }) => findPrivateTexts(text, context).map((what) => `${path} contains ${what}.`)),
  ];
}

function matchesAny(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesGlob(path, pattern));
}

/** Returns descriptions of the private texts, without the texts themselves. */
function findPrivateTexts(text: string, { localFolders }: CheckContext): string[] {
  return [
    ...Object.entries(SECRETS).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : [])),
    ...(localFolders.some((folder) => text.includes(folder)) ? ['the path of a folder of this machine'] : []),
  ];
}
