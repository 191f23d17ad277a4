/** A step of the start. */
export interface Step<Result> {
  /** What the step does, such as `Starting the mock`. */
  readonly title: string;
  readonly run: () => Promise<Result>;
  /** What the user can do if the step fails. */
  readonly hint: string;
  /** When the step began, by `performance.now()`. Default: now. */
  readonly startedAt?: number | undefined;
}

/**
 * Runs a step, and prints what it does and how many seconds it took.
 *
 * @throws Error that names the step, the reason and what to do.
 * @example
 * const mock = await runStep({ title: 'Starting the mock', run: startMock, hint: 'Pass another --mock-port.' });
 */
export async function runStep<Result>(step: Step<Result>): Promise<Result> {
  const { title, run, hint, startedAt = performance.now() } = step;
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  process.stdout.write(`› ${title} ... `);
  try {
    const result = await run();
    process.stdout.write(`${seconds()}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`failed after ${seconds()}\n`);
    throw new Error(`${title} failed: ${(error as Error).message}\n${hint}`);
  }
}

/**
 * Prints why the start failed, and lets the process end with exit code 1, whenever that is.
 *
 * @example
 * await start(options).catch(reportFailure);
 */
export function reportFailure(error: unknown): void {
  console.error(`\npnpm start: ${(error as Error).message}`);
  process.exitCode = 1;
}
