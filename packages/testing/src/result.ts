/** What one package's tests, or one static task of all packages, came to. */
export interface Row {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** A reason for which tests were skipped. */
export interface Skip {
  readonly reason: string;
  /** The package that the tests belong to. */
  readonly name: string;
  readonly tests: number;
}

/** The result of one stage. */
export interface StageResult {
  readonly rows: readonly Row[];
  readonly skips: readonly Skip[];
}
