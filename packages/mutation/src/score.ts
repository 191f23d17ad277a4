/** The members of Stryker's report that this package reads: the format "mutation-testing-report-schema". */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

/** How many mutants the tests noticed. */
export interface Score {
  /** The share of valid mutants that tests noticed, in percent. */
  readonly percent: number;
  /** Mutants for which a test failed. */
  readonly killed: number;
  /** Mutants for which the tests did not end. They count as noticed. */
  readonly timeout: number;
  /** Mutants for which all tests passed. */
  readonly survived: number;
  /** Mutants in code that no test runs. */
  readonly noCoverage: number;
}

/**
 * Computes the score from a report of Stryker. Mutants that cannot run are not valid, and do not count.
 *
 * @throws Error if the report contains no valid mutant.
 * @example
 * computeScore({ files: { 'src/sum.ts': { mutants: [{ status: 'Killed' }, { status: 'Survived' }] } } }).percent; // 50
 */
export function computeScore({ files }: MutationReport): Score {
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const count = (status: string) => mutants.filter((mutant) => mutant.status === status).length;
  const killed = count('Killed');
  const timeout = count('Timeout');
  const survived = count('Survived');
  const noCoverage = count('NoCoverage');
  const valid = killed + timeout + survived + noCoverage;
  if (valid === 0) {
    throw new Error('the report contains no mutants. Check that the patterns of the part match files with code.');
  }
  return { percent: (100 * (killed + timeout)) / valid, killed, timeout, survived, noCoverage };
}
