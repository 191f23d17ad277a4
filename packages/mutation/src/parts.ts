/** A part of the code that has mutation tests. */
export interface Part {
  /** The folder of the package, relative to the root of the workspace. */
  readonly folder: string;
  /** The files to change, as patterns relative to the folder. A pattern that begins with `!` excludes files. */
  readonly files: readonly string[];
  /** The test files that are not run, as patterns relative to the folder. Mutants that only they notice survive. */
  readonly excludedTests: readonly string[];
  /** The lowest score in percent. When tests are added and the score rises, raise the floor too. */
  readonly floor: number;
}

/** The parts by name, with their floors. */
export const PARTS: Readonly<Record<string, Part>> = {
  client: {
    folder: 'packages/client',
    // The command in src/cli runs in processes of its own, where mutants are not active.
    files: ['src/*.ts', '!src/cli.ts'],
    // The test of leaks makes 30,000 calls, and the API report contains only types.
    excludedTests: ['test/cli/**', 'test/{api-report,leaks}.test.ts'],
    floor: 85,
  },
  metrics: {
    folder: 'packages/metrics',
    files: ['src/**/*.ts'],
    excludedTests: [],
    floor: 90,
  },
  contract: {
    folder: 'packages/contract',
    // The folders that decide whether a value is valid, and which object a response belongs to.
    files: ['src/schema/*.ts', 'src/state/*.ts'],
    // Only the tests of these folders, without those that run the contract tests against a server.
    excludedTests: [
      'test/*.test.ts',
      'test/{bench,checks,cli,generate,http,lists,other-apis,report,request,rules,run}/**',
      'test/state/{checks,nested}.test.ts',
    ],
    floor: 75,
  },
};
