import { EXIT } from '@firstofficer/common/command';

/** A step of a command. */
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
  process.stdout.write(`› ${title} ... `);
  try {
    const result = await run();
    process.stdout.write(`${formatSeconds(startedAt)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`failed after ${formatSeconds(startedAt)}\n`);
    throw new Error(`${title} failed: ${(error as Error).message}\n${hint}`);
  }
}

/**
 * Formats the seconds since a time of `performance.now()`.
 *
 * @example
 * console.log(`Done (${formatSeconds(startedAt)}).`);
 */
export function formatSeconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}

/**
 * Prints why a command failed, and sets the exit code of this process.
 *
 * @example
 * await start(options).catch((error) => reportFailure('pnpm start', error));
 */
export function reportFailure(command: string, error: unknown): void {
  console.error(`\n${command}: ${(error as Error).message}`);
  process.exitCode = EXIT.failed;
}

/** Where a service listens. */
export interface Address {
  readonly url: string;
  /** The default port of the service, if it was in use. */
  readonly taken?: number | undefined;
}

/** Where a server of the API listens, and the key that it accepts. */
interface Server extends Address {
  readonly key: string;
}

/** The servers that a summary lists. */
export interface Summary {
  readonly mock: Server;
  readonly api?: Server | undefined;
  /** A path that both servers answer. */
  readonly path: string;
}

/** Where the customers of the API come from. */
const EXAMPLE_DATA = 'Its customers are computed from example Stripe objects. No Stripe key is needed.';

/**
 * Formats where the servers listen and what to try next.
 *
 * @example
 * console.log(formatSummary({ mock: { url, key }, path: '/v2/customers/cus_1234ABCD' }));
 */
export function formatSummary({ mock, api, path }: Summary): string {
  const curl = ({ url, key }: Server) => formatRow('', `curl ${url}${path} -u ${key}:`);
  const rows = [
    formatAddress('Mock', mock),
    curl(mock),
    ...(api ? [formatAddress('API', api), curl(api), formatRow('', EXAMPLE_DATA)] : []),
    formatRow('Contract', `npx -y pnpm@12 contract --url ${mock.url} --token ${mock.key}`),
  ];
  return ['', ...rows, '', '  Press Ctrl-C to stop.', ''].join('\n');
}

/**
 * Formats where a service listens, as a row of a summary.
 *
 * @example
 * console.log(formatAddress('Docs', { url: 'http://127.0.0.1:8080' }));
 */
export function formatAddress(name: string, { url, taken }: Address): string {
  return formatRow(name, taken === undefined ? url : `${url} (port ${taken} is in use)`);
}

function formatRow(name: string, value: string): string {
  return `  ${name.padEnd(10)}${value}`;
}
