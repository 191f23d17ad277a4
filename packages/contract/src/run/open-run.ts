import { readFileSync } from 'node:fs';
import { loadDescription } from '@firstofficer/openapi';
import type { KnownCustomer } from '../customers/known-customers.ts';
import type { ParameterValues } from '../request/serialization.ts';
import type { Target } from '../request/target.ts';
import { ALL_CHECKS } from './all-checks.ts';
import { buildReport } from './build-report.ts';
import { openConnection } from './connection.ts';
import { defaultSettings, type Settings } from './context.ts';
import { specFile, specOf } from './description.ts';
import type { TestCaseOutcome } from './outcome.ts';
import { type PlannedTestCase, plan, responseChecksOf } from './plan.ts';
import { prepareContext } from './prepare-context.ts';
import type { RunReport } from './run-report.ts';
import { runTestCase } from './session.ts';

/**
 * The options of a run.
 *
 * @example
 * const options: RunOptions = { target, customers: [customer], settings: { only: ['ignored_auth'] } };
 */
export interface RunOptions {
  /** The server under test. Default: a new mock of the description. */
  readonly target?: Target;
  /** The path of the OpenAPI 3.1 description. Default: FirstOfficer's Customers API. */
  readonly spec?: string;
  /** Customers that the target has. Without customers, it must serve the description's examples, as the mock does. */
  readonly customers?: readonly KnownCustomer[];
  /** Parameter values by name for which the operations succeed. */
  readonly parameters?: ParameterValues;
  /** Settings that differ from the defaults. */
  readonly settings?: Partial<Settings>;
  /** Whether to record all requests and responses. Default: false. */
  readonly record?: boolean;
  /** Selects the test cases whose full name matches, such as `retrieveCustomer exact_match: a wildcard`. Default: all. */
  readonly filter?: RegExp;
}

/** A run with a loaded description and an open connection. */
export interface OpenRun {
  readonly settings: Settings;
  /** The test cases in order. Those of unsafe operations come last. */
  readonly planned: readonly PlannedTestCase[];
  run(planned: PlannedTestCase): Promise<TestCaseOutcome>;
  /** Builds the report from outcomes. `stopped` is the reason why the run ended early. */
  report(outcomes: readonly TestCaseOutcome[], stopped?: string): RunReport;
  close(): Promise<void>;
}

/**
 * Loads the description, opens the connection and plans the test cases.
 *
 * @throws Error if the description cannot be read.
 */
export async function openRun(options: RunOptions): Promise<OpenRun> {
  const startedAt = new Date();
  const spec = specFile(options.spec);
  const description = await loadDescription(spec);
  const { target, stop } = options.target ? { target: options.target, stop: async () => {} } : await startMockOf(spec);
  const settings = { ...defaultSettings(target.url), ...options.settings };
  const connection = openConnection(target.url, settings);
  const close = async () => {
    connection.close();
    await stop();
  };
  try {
    const { customers = [], parameters = {}, record = false, filter } = options;
    const context = await prepareContext({ description, target, customers, parameters, settings }, connection);
    const resources = { context, connection, responseChecks: responseChecksOf(ALL_CHECKS, settings), record };
    return {
      settings,
      planned: plan(ALL_CHECKS, context).filter((one) => filter === undefined || filter.test(nameOf(one))),
      run: (planned) => runTestCase(resources, planned),
      report: (outcomes, stopped) =>
        buildReport(ALL_CHECKS, context, outcomes, {
          tool: TOOL,
          spec: specOf(spec, description),
          startedAt: startedAt.toISOString(),
          durationMs: Date.now() - startedAt.getTime(),
          ...(stopped !== undefined && { stopped }),
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Starts a mock of the description as the target. The import is dynamic because the mock loads Prism. */
async function startMockOf(spec: string): Promise<{ readonly target: Target; readonly stop: () => Promise<void> }> {
  const { DEFAULT_TOKEN, startMock } = await import('@firstofficer/mock');
  const { url, close } = await startMock({ spec });
  return { target: { url, token: DEFAULT_TOKEN }, stop: close };
}

/** Returns the full name of a test case. */
export function nameOf({ operation, check, testCase }: PlannedTestCase): string {
  return `${operation.id} ${check.name}: ${testCase.name}`;
}

const { name, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  name: string;
  version: string;
};

/** The name and version of this package, for reports. */
const TOOL = { name, version };
