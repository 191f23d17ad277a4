import { DEFAULT_TOKEN, startMock } from '@firstofficer/mock';
import { loadDescription } from '@firstofficer/openapi';
import type { SerializedError } from 'vitest';
import { startVitest, type TestCase, type TestModule } from 'vitest/node';
import { ALL_CHECKS } from './all-checks.ts';
import { assemble } from './engine/assemble.ts';
import type { ProbeOutcome } from './engine/finding.ts';
import type { ParameterValues } from './engine/parameter-values.ts';
import type { Settings } from './engine/subject.ts';
import type { Order } from './order.ts';
import { redacting } from './redact.ts';
import type { RecordedExchange, RunReport } from './report/run-report.ts';
import { specOf } from './report/spec-of.ts';
import { defaultSettings } from './settings.ts';
import { specFile } from './spec-file.ts';
import type { KnownCustomer, Target } from './target.ts';
import { TOOL } from './tool.ts';

/**
 * What a run is to do.
 *
 * @example
 * const options: ContractOptions = { target, customers: [customer], settings: { only: ['ignored_auth'] } };
 */
export interface ContractOptions {
  /** The server under test. Without one, a mock of the description is started for the run. */
  readonly target?: Target;
  /** Path of the OpenAPI 3.1 description to hold it against. Default: that of FirstOfficer's Customers API. */
  readonly spec?: string;
  /** Customers that the target has. Without any it must serve the description's examples, as the mock does. */
  readonly customers?: readonly KnownCustomer[];
  /** Values of parameters by which its operations succeed, by name. */
  readonly parameters?: ParameterValues;
  /** What is to be other than by default. */
  readonly settings?: Partial<Settings>;
  /** Keep running and repeat the checks when the description changes. Default: false. */
  readonly watch?: boolean;
  /** Called when all was tried; while watching, each time. */
  readonly onReport?: (report: RunReport) => void;
  /** Tell all that was sent and received. Default: false. */
  readonly record?: boolean;
  /** Part of the names of what is to be tried, as a regular expression. Default: everything. */
  readonly filter?: string;
  /** Names of Vitest's reporters, which write to standard output while it works. Default: none. */
  readonly reporters?: readonly string[];
  /** Called after each thing that was tried. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * How far a run is.
 *
 * @example
 * const onProgress = ({ done, total }: Progress) => console.log(`${done} of ${total}`);
 */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly requests: number;
  /** How many of those done found an error. */
  readonly failed: number;
  /** The check that was at work last. */
  readonly current: string;
}

/**
 * What came of a run.
 *
 * @example
 * const { report }: ContractRun = await runContract();
 */
export interface ContractRun {
  readonly report: RunReport;
  /** All that was sent and received, secrets included; empty unless it was asked for. */
  readonly exchanges: readonly RecordedExchange[];
}

/**
 * Holds a server against an OpenAPI description.
 *
 * @throws Error if the description cannot be read.
 * @example
 * const { report } = await runContract({ target: { url: 'https://api.firstofficer.io', token }, customers });
 * if (report.verdict !== 'kept') process.exitCode = 1;
 */
export async function runContract({ target, ...options }: ContractOptions = {}): Promise<ContractRun> {
  if (target) return check(target, options);
  const mock = await startMock(options.spec === undefined ? {} : { spec: options.spec });
  try {
    return await check({ url: mock.url, token: DEFAULT_TOKEN }, options);
  } finally {
    await mock.close();
  }
}

async function check(target: Target, options: Omit<ContractOptions, 'target'>): Promise<ContractRun> {
  const spec = specFile(options.spec);
  const order: Order = {
    target,
    spec,
    customers: options.customers ?? [],
    parameters: options.parameters ?? {},
    settings: { ...defaultSettings(target.url), ...options.settings },
    record: options.record ?? false,
  };
  let startedAt = new Date();
  const reportOn = async ({ outcomes, stopped }: SuiteResult): Promise<ContractRun> => {
    const description = await loadDescription(spec);
    const report = assemble(ALL_CHECKS, { description, ...order }, outcomes, {
      tool: TOOL,
      spec: specOf(spec, description),
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      ...(stopped !== undefined && { stopped }),
    });
    startedAt = new Date();
    options.onReport?.(report);
    return { report, exchanges: outcomes.flatMap(({ exchanges }) => exchanges) };
  };
  return runSuite(order, options, reportOn);
}

/** What the suite has to tell. */
interface SuiteResult {
  readonly outcomes: readonly ProbeOutcome[];
  /** Why it could not run to its end. */
  readonly stopped?: string;
}

async function runSuite(
  order: Order,
  { watch = false, filter, reporters = [], onProgress }: Omit<ContractOptions, 'target'>,
  reportOn: (result: SuiteResult) => Promise<ContractRun>,
): Promise<ContractRun> {
  const { target, settings } = order;
  const progress = { done: 0, total: 0, requests: 0, failed: 0 };
  let run: Promise<ContractRun> | undefined;
  const vitest = await startVitest(
    [],
    {
      config: false,
      root: import.meta.dirname,
      include: ['suite/*.contract.{js,ts}'],
      // Installed, the suite lies in node_modules, which Vitest would pass over.
      exclude: [],
      // Nothing is written into an installed package.
      cache: false,
      provide: { firstofficerOrder: order },
      reporters: [
        ...reporters,
        {
          onTestRunStart: () => {
            Object.assign(progress, { done: 0, requests: 0, failed: 0 });
          },
          onTestRunEnd: async (modules, errors) => {
            run = reportOn(resultOf(modules, errors));
            await run;
          },
          onTestModuleCollected: (module) => {
            progress.total = [...module.children.allTests()].length;
          },
          onTestCaseResult: (test) => {
            const outcome = test.meta().outcome;
            progress.done += 1;
            progress.requests += outcome?.requests ?? 0;
            progress.failed += test.result().state === 'failed' ? 1 : 0;
            onProgress?.({ ...progress, current: outcome?.check ?? '' });
          },
        },
      ],
      // A finding is about the server: the lines of the suite would only hide it.
      onStackTrace: () => false,
      watch,
      forceRerunTriggers: [order.spec],
      ...(filter !== undefined && { testNamePattern: filter }),
      // Each request has its own limit.
      testTimeout: 0,
      hookTimeout: 0,
      sequence: { concurrent: true },
      maxConcurrency: settings.concurrency,
      fileParallelism: false,
      isolate: false,
    },
    { ssr: { resolve: { conditions: conditions() } } },
    {
      stdout: redacting(process.stdout, target.token ?? ''),
      stderr: redacting(process.stderr, target.token ?? ''),
    },
  );
  if (watch) await new Promise<void>((resolve) => vitest.onClose(resolve));
  else await vitest.close();
  return run ?? reportOn({ outcomes: [], stopped: 'the suite did not start' });
}

function resultOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): SuiteResult {
  const tests = modules.flatMap((module): TestCase[] => [...module.children.allTests()]);
  // What a probe finds is in its outcome; anything else is a failure of the tests themselves.
  const broken = [
    ...modules.flatMap((module) => module.errors()),
    ...unhandled,
    ...tests.flatMap((test) => (test.meta().outcome ? [] : (test.result().errors ?? []))),
  ];
  return {
    outcomes: tests.flatMap((test) => test.meta().outcome ?? []),
    ...(broken[0] && { stopped: broken[0].message }),
  };
}

/** Vite resolves by conditions of its own: it gets those that Node was started with. */
function conditions(): string[] {
  return process.execArgv.flatMap((argument) => /^--conditions=(.+)$/.exec(argument)?.[1] ?? []);
}
