/** What a packed package may contain, and how large it may be. */
export interface Expectation {
  /** The largest size of the tarball, in kB. */
  readonly packedKb: number;
  /** The largest size of all files, in kB. */
  readonly unpackedKb: number;
  /** Patterns of the files. `package.json`, `README.md`, `LICENSE` and `CHANGELOG.md` belong to each package. */
  readonly files: readonly string[];
}

/** The output of `tsc`, and the sources that its source maps refer to. */
const COMPILED = ['dist/**/*.{js,d.ts}', 'dist/**/*.{js,d.ts}.map', 'src/**/*.ts'];

/**
 * What each published package contains. The limits are about a quarter above the sizes of November 2026: a larger package
 * is a decision, not an accident.
 */
export const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  '@firstofficer/api': {
    packedKb: 620,
    unpackedKb: 2450,
    files: [
      'bin/*.js',
      'deploy/*.{yaml,sql,service,timer}',
      'docs/*.md',
      'fixtures/example-account.ndjson',
      ...COMPILED,
    ],
  },
  '@firstofficer/client': {
    packedKb: 180,
    unpackedKb: 770,
    // A bundle. Its source maps contain the sources.
    files: ['bin/*.js', 'dist/*.{cjs,mjs,d.cts,d.mts}', 'dist/*.{cjs,mjs}.map'],
  },
  '@firstofficer/common': { packedKb: 30, unpackedKb: 85, files: COMPILED },
  '@firstofficer/contract': { packedKb: 730, unpackedKb: 2960, files: ['bin/*.js', 'examples/*.yml', ...COMPILED] },
  '@firstofficer/metrics': { packedKb: 115, unpackedKb: 500, files: COMPILED },
  '@firstofficer/mock': { packedKb: 280, unpackedKb: 1240, files: ['bin/*.js', ...COMPILED] },
  '@firstofficer/openapi': { packedKb: 65, unpackedKb: 250, files: COMPILED },
  '@firstofficer/spec': { packedKb: 15, unpackedKb: 70, files: ['openapi.yaml', 'dist/openapi.json'] },
};
