import { DEFAULT_TOKEN, startMock } from '@firstofficer/mock';
import { startVitest } from 'vitest/node';
import { redacting } from './redact.ts';
import type { KnownCustomer, Target } from './target.ts';

/**
 * What a run is to do.
 *
 * @example
 * const options: ContractOptions = { target, customers: [customer] };
 */
export interface ContractOptions {
  /** The server under test. Without one, a mock is started for the run. */
  readonly target?: Target;
  /** Customers that the target has. Without any it must serve the description's examples, as the mock does. */
  readonly customers?: readonly KnownCustomer[];
  /** Keep running and repeat the checks when a file of the suite changes. Default: false. */
  readonly watch?: boolean;
}

/**
 * How a run ended.
 *
 * @example
 * const { kept, failed }: Outcome = await runContract();
 */
export interface Outcome {
  /** Where the target was. */
  readonly url: string;
  /** How many checks there were. */
  readonly checks: number;
  /** How many of them failed. */
  readonly failed: number;
  /** What the target sends beyond the description, such as `GET /v2/customers/{customer} 200: body/country`. */
  readonly notes: readonly string[];
  /** Whether every check ran and none failed. */
  readonly kept: boolean;
}

/**
 * Holds a server against the description and reports each check on standard output.
 *
 * @example
 * const { kept } = await runContract({ target: { url: 'https://api.firstofficer.io', token }, customers });
 */
export async function runContract({ target, ...options }: ContractOptions = {}): Promise<Outcome> {
  if (target) return check(target, options);
  const mock = await startMock();
  try {
    return await check({ url: mock.url, token: DEFAULT_TOKEN }, options);
  } finally {
    await mock.close();
  }
}

async function check(
  target: Target,
  { customers = [], watch = false }: Omit<ContractOptions, 'target'>,
): Promise<Outcome> {
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
      provide: { firstofficerTarget: target, firstofficerCustomers: customers.length > 0 ? customers : undefined },
      reporters: ['tree'],
      // A finding is about the server: the lines of the suite would only hide it.
      onStackTrace: () => false,
      watch,
      // Each request has its own limit.
      testTimeout: 0,
      // One request at a time: the target may be somebody's live API.
      fileParallelism: false,
      isolate: false,
    },
    { ssr: { resolve: { conditions: conditions() } } },
    { stdout: redacting(process.stdout, target.token), stderr: redacting(process.stderr, target.token) },
  );
  if (watch) await new Promise<void>((resolve) => vitest.onClose(resolve));
  else await vitest.close();
  const modules = vitest.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  return {
    url: target.url,
    checks: tests.length,
    failed: tests.filter((test) => test.result().state === 'failed').length,
    notes: [...new Set(tests.flatMap((test) => test.meta().notes ?? []))].toSorted(),
    kept: tests.length > 0 && modules.every((module) => module.ok()) && vitest.state.getUnhandledErrors().length === 0,
  };
}

/** Vite resolves by conditions of its own: it gets those that Node was started with. */
function conditions(): string[] {
  return process.execArgv.flatMap((argument) => /^--conditions=(.+)$/.exec(argument)?.[1] ?? []);
}
