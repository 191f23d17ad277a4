import { readFileSync } from 'node:fs';
import { type Description, loadDescription } from '@firstofficer/openapi';
import type { KnownCustomer } from '../customers/known-customers.ts';
import type { ParameterValues } from '../request/serialization.ts';
import type { Target } from '../request/target.ts';
import { buildReport, describeSpec } from './build-report.ts';
import { openConnection } from './connection.ts';
import { defaultOptions, locateSpec, prepareContext, type ResolvedOptions } from './context.ts';
import { excludeOperations } from './excluded-operations.ts';
import { listNotTested } from './not-tested.ts';
import { ALL_CHECKS, findPhase, type PlannedTestCase, plan, selectChecks, selectResponseChecks } from './plan.ts';
import type { RecordedExchange } from './recording.ts';
import type { Observation, RunReport, TestCaseOutcome } from './report.ts';
import { createSharedObjects, deleteObjects, listRemaining } from './shared-objects.ts';
import { type RunResources, type TriedTestCase, tryTestCase } from './test-case.ts';
import { validateOptions } from './validate-options.ts';

/**
 * The options of a run.
 *
 * @example
 * const options: RunOptions = { target, customers: [customer], only: ['ignored_auth'] };
 */
export interface RunOptions extends Partial<ResolvedOptions> {
  /** The server under test. Default: a new mock of the description. */
  readonly target?: Target;
  /** The path or URL of the OpenAPI description. Default: FirstOfficer's Customers API. */
  readonly spec?: string;
  /** The description, if it is already loaded from `spec`. */
  readonly description?: Description;
  /** Customers that the target has. Without customers, it must serve the description's examples, as the mock does. */
  readonly customers?: readonly KnownCustomer[];
  /**
   * Parameter values for which the operations succeed: by name, such as `id`, or for one operation by its ID and the name,
   * such as `retrieveThing.id`.
   */
  readonly parameters?: ParameterValues;
  /**
   * The operations that get no requests: operation IDs, tags or paths. `*` stands for any characters, as in `/admin/*`.
   * Default: none.
   */
  readonly exclude?: readonly string[];
  /** Selects the test cases whose full name matches, such as `retrieveCustomer exact_match: a wildcard`. Default: all. */
  readonly filter?: RegExp;
  /** The name of a check whose test cases run first. Default: the order of the description. */
  readonly first?: string;
  /** Returns whether to run a test case. It is called just before the test case starts. Default: always true. */
  readonly shouldRun?: (testCase: PlannedTestCase) => boolean;
  /** Ends the run early: it sends no further requests, except to delete the objects that it created. */
  readonly signal?: AbortSignal;
}

/**
 * An event of a run. The first event is `run-started`, the last one `run-finished`. The violations of a test case come
 * right before its `test-case-finished`.
 *
 * @example
 * for await (const event of runContract({ target })) {
 *   if (event.type === 'violation') console.log(event.observation.actual);
 * }
 */
export type RunEvent =
  | {
      readonly type: 'run-started';
      /** The base URL of the server under test. */
      readonly target: string;
      /** The seed of generated values. */
      readonly seed: number;
      /** The names of the selected checks. */
      readonly checks: readonly string[];
      /** All test cases, in the order in which they start. */
      readonly testCases: readonly PlannedTestCase[];
    }
  | { readonly type: 'violation'; readonly observation: Observation }
  | {
      readonly type: 'test-case-finished';
      readonly testCase: PlannedTestCase;
      readonly outcome: TestCaseOutcome;
      /** All requests of the test case with their responses. They may contain secrets. */
      readonly exchanges: readonly RecordedExchange[];
    }
  | { readonly type: 'run-finished'; readonly report: RunReport };

/**
 * Tests whether a server conforms to an OpenAPI description, and yields an event for each step of the run. The run pauses
 * between events: no further test case starts until the next event is requested. If the caller leaves its loop, the run
 * stops and closes the connection.
 *
 * @throws Error if the description cannot be read, RangeError if an option has an unknown name.
 * @example
 * for await (const event of runContract({ target: { url: 'https://api.firstofficer.io', token }, customers })) {
 *   if (event.type === 'test-case-finished') console.log(event.outcome.testCase);
 *   if (event.type === 'run-finished') console.log(event.report.verdict);
 * }
 */
export async function* runContract(given: RunOptions = {}): AsyncGenerator<RunEvent, void, void> {
  const startedAt = new Date();
  const { customers = [], parameters = {}, filter, first, shouldRun = () => true, signal } = given;
  const spec = locateSpec(given.spec);
  const whole = given.description ?? (await loadDescription(spec));
  validateOptions(given, whole);
  const description = excludeOperations(whole, given.exclude ?? []);
  const { target, stop } = given.target ? { target: given.target, stop: async () => {} } : await startMockOf(spec);
  const options = { ...defaultOptions(target.url, description), ...given };
  const connection = openConnection(target.url, options);
  const interrupt = () => connection.stop('the run was interrupted');
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  const running = new Set<Promise<unknown>>();
  let resources: RunResources | undefined;
  let isCleanedUp = false;
  try {
    const known = { description, target, customers, parameters, options, isMock: !given.target };
    const context = await prepareContext(known, connection);
    const shared = { context, connection, responseChecks: selectResponseChecks(ALL_CHECKS, options) };
    resources = shared;
    const outcomes: TestCaseOutcome[] = [];
    const before = plan(ALL_CHECKS, context, { filter, first });
    const prepared = await createSharedObjects(resources, before.testCases);
    // The objects give parameters for which further operations should succeed.
    const { testCases, skipped } = prepared.length > 0 ? plan(ALL_CHECKS, context, { filter, first }) : before;
    const checks = selectChecks(ALL_CHECKS, options).map(({ name }) => name);
    yield { type: 'run-started', target: target.url, seed: options.seed, checks, testCases };

    let stopped = testCases.length === 0 ? NOTHING_SELECTED : undefined;
    const toEvents = function* ({ testCase, result, error }: TriedTestCase): Generator<RunEvent> {
      stopped ??= error;
      if (!result) return;
      outcomes.push(result.outcome);
      for (const observation of result.outcome.observations) yield { type: 'violation', observation };
      yield { type: 'test-case-finished', testCase, ...result };
    };
    for (const one of prepared) yield* toEvents(one);
    for (const [phase, group] of Map.groupBy(testCases, findPhase)) {
      const concurrency = phase === 'state' ? 1 : options.concurrency;
      const finished = mapConcurrently(group, concurrency, async (testCase): Promise<TriedTestCase> => {
        if (!shouldRun(testCase)) return { testCase };
        const trying = tryTestCase(shared, testCase);
        running.add(trying);
        return trying.finally(() => running.delete(trying));
      });
      for await (const one of finished) yield* toEvents(one);
    }
    const cleaned = await deleteObjects(resources, signal?.aborted ? MS_TO_CLEAN_UP_WHEN_STOPPED : MS_TO_CLEAN_UP);
    isCleanedUp = true;
    for (const one of cleaned) yield* toEvents(one);
    const report = buildReport(context, outcomes, {
      allChecks: ALL_CHECKS,
      skipped,
      isWhole: filter === undefined && options.only === undefined,
      tool: TOOL,
      spec: describeSpec(description),
      notTested: listNotTested(whole, description),
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      remaining: listRemaining(context),
      ...(stopped !== undefined && { stopped }),
    });
    yield { type: 'run-finished', report };
  } finally {
    // Test cases that still run end at their next request. Until then, they may create objects.
    connection.stop('the run was stopped');
    await Promise.allSettled(running);
    connection.close();
    signal?.removeEventListener('abort', interrupt);
    if (resources && !isCleanedUp) await deleteObjects(resources, MS_TO_CLEAN_UP_WHEN_STOPPED);
    await stop();
  }
}

/**
 * Tests a server and returns the report. Use it in your own tests, with any test runner.
 *
 * @throws Error if the description cannot be read.
 * @example
 * const report = await verifyContract({ target: { url: server.url, token } });
 * assert.equal(report.verdict, 'passed');
 */
export async function verifyContract(options: RunOptions = {}): Promise<RunReport> {
  for await (const event of runContract(options)) if (event.type === 'run-finished') return event.report;
  throw new Error('The run ended without a report.');
}

/** Starts a mock of the description as the target. The import is dynamic because the mock loads Prism. */
async function startMockOf(spec: string): Promise<{ readonly target: Target; readonly stop: () => Promise<void> }> {
  const { DEFAULT_TOKEN, startMock } = await import('@firstofficer/mock');
  const { url, close } = await startMock({ spec });
  return { target: { url, token: DEFAULT_TOKEN }, stop: close };
}

/**
 * Calls `work` for each item, for at most `limit` items at the same time, and yields each result as soon as it is
 * available. It takes no further item until the caller requests the next result.
 */
async function* mapConcurrently<Item, Result>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const running = new Map<Item, Promise<readonly [Item, Result]>>();
  const nextResult = async () => {
    const [item, result] = await Promise.race(running.values());
    running.delete(item);
    return result;
  };
  for (const item of items) {
    running.set(
      item,
      work(item).then((result) => [item, result] as const),
    );
    if (running.size >= limit) yield nextResult();
  }
  while (running.size > 0) yield nextResult();
}

const MS_TO_CLEAN_UP = 30_000;
// The user waits for the end of the run.
const MS_TO_CLEAN_UP_WHEN_STOPPED = 2000;

const NOTHING_SELECTED =
  'no test case is selected. Check the filter, the selected checks and the operations of the description';

const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  name: string;
  version: string;
};

/** The name and version of this package, for reports. */
const TOOL = { name, version };
