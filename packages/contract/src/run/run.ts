import { createLimiter } from '../http/limiter.ts';
import { isSafeMethod } from '../http/request.ts';
import { openRun, type RunOptions } from './open-run.ts';
import type { TestCaseOutcome } from './outcome.ts';
import type { RecordedExchange, RunReport } from './run-report.ts';

/**
 * The options of `runContract`.
 *
 * @example
 * const options: ContractOptions = { target, onProgress: ({ done, total }) => console.log(`${done} of ${total}`) };
 */
export interface ContractOptions extends RunOptions {
  /** Called after each test case. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * The progress of a run.
 *
 * @example
 * const onProgress = ({ done, total }: Progress) => console.log(`${done} of ${total}`);
 */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly requests: number;
  /** The number of test cases that found an error. */
  readonly failed: number;
  /** The check of the test case that ended last. */
  readonly current: string;
}

/**
 * The result of a run.
 *
 * @example
 * const { report }: ContractRun = await runContract();
 */
export interface ContractRun {
  readonly report: RunReport;
  /** All requests and responses, including secrets. Empty unless `record` is set. */
  readonly exchanges: readonly RecordedExchange[];
}

/**
 * Tests whether a server conforms to an OpenAPI description.
 *
 * @throws Error if the description cannot be read.
 * @example
 * const { report } = await runContract({ target: { url: 'https://api.firstofficer.io', token }, customers });
 * if (report.verdict !== 'kept') process.exitCode = 1;
 */
export async function runContract({ onProgress, ...options }: ContractOptions = {}): Promise<ContractRun> {
  const run = await openRun(options);
  const outcomes: TestCaseOutcome[] = [];
  const progress = { total: run.planned.length, requests: 0, failed: 0 };
  let stopped =
    run.planned.length === 0
      ? 'no test case is selected. Check the filter, the selected checks and the operations of the description'
      : undefined;
  const limiter = createLimiter(run.settings.concurrency, undefined);

  async function tryOne(one: (typeof run.planned)[number]): Promise<void> {
    try {
      const outcome = await run.run(one);
      outcomes.push(outcome);
      progress.requests += outcome.requests;
      if (outcome.observations.some(({ severity }) => severity === 'error')) progress.failed += 1;
      onProgress?.({ ...progress, done: outcomes.length, current: outcome.check });
    } catch (error) {
      // An error in these tests, not in the target.
      stopped ??= error instanceof Error ? error.message : String(error);
    }
  }

  try {
    // Unsafe operations wait until all test cases of safe operations are done.
    for (const areSafe of [true, false]) {
      const group = run.planned.filter(({ operation }) => isSafeMethod(operation.method) === areSafe);
      await Promise.all(group.map((one) => limiter.run(() => tryOne(one))));
    }
    return { report: run.report(outcomes, stopped), exchanges: outcomes.flatMap(({ exchanges }) => exchanges) };
  } finally {
    await run.close();
  }
}

/**
 * Tests a server and returns the report. Use it in your own tests, with any test runner.
 *
 * @throws Error if the description cannot be read.
 * @example
 * const report = await verifyContract({ target: { url: server.url, token } });
 * assert.equal(report.verdict, 'kept');
 */
export async function verifyContract(options: RunOptions): Promise<RunReport> {
  return (await runContract(options)).report;
}
