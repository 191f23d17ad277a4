import { strictEqual } from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { EXIT } from '@firstofficer/common/command';
import { PostgresUnavailableError } from '@firstofficer/postgres';
import { type Child, startChild } from '../child.ts';
import {
  compareRounds,
  computeSpread,
  formatRatio,
  formatTable,
  measureInRounds,
  type Rounds,
  type Spread,
} from '../statistics.ts';
import { type BenchData, createData, type DatabaseName, formatCustomer, getIdentifiers } from './data.ts';
import type { Load, LoadTask } from './load.ts';
import { type RunningServer, SERVERS, type ServerName, startServer } from './server.ts';
import { soak } from './soak.ts';

/** Options of {@link benchmarkApi}. */
export interface ApiOptions {
  readonly customers: number;
  readonly rounds: number;
  /** The duration of the load on each server in each round. */
  readonly seconds: number;
  readonly databases: readonly DatabaseName[];
  /** Measures the memory of our server under load for this number of seconds, instead of comparing servers. */
  readonly soak?: number;
  /** Whether to fail if our server exceeds a budget. */
  readonly check?: boolean;
}

/** The server that the others are compared with. */
const BASELINE: ServerName = 'fastify';
/** The highest CPU time of our server per request, as a ratio to that of other servers. */
const BUDGETS: readonly { readonly name: ServerName; readonly ratio: number }[] = [
  { name: 'fastify', ratio: 0.97 },
  { name: 'hono', ratio: 1 },
  { name: 'express', ratio: 1 },
];
/** The lowest ratio of requests per second of two workers to those of one. */
const MIN_SPEEDUP = 1.7;
// The load generator shares the processor with the workers. Sending several requests at once takes it less time.
const PIPELINED = 10;
// Enough for the JIT compiler to finish its optimizations.
const WARM_UP_SECONDS = 4;

/** One measurement of a server under load. */
interface Measurement {
  /** CPU time of the server's processes per request, in microseconds. */
  readonly cpu: number;
  readonly perSecond: number;
  readonly p99: number;
}

/** Compares the CPU time per request of our server with that of frameworks. */
export async function benchmarkApi({ databases, customers, ...options }: ApiOptions): Promise<void> {
  for (const name of databases) {
    try {
      await using data = await createData(name, customers);
      console.log(`\nLive server: ${customers.toLocaleString('en')} customers in ${name}\n`);
      if (options.soak === undefined) {
        await compareServers(data, options);
        await compareWorkers(data, options);
      } else await soak(data, options.soak);
    } catch (error) {
      if (!(error instanceof PostgresUnavailableError)) throw error;
      console.log(`\nLive server: PostgreSQL was skipped, because ${error.message}`);
    }
  }
}

type MeasureOptions = Pick<ApiOptions, 'rounds' | 'seconds' | 'check'>;

async function compareServers(data: BenchData, options: MeasureOptions): Promise<void> {
  const rounds = await measureServers(data, options);
  console.log(formatReport(rounds));
  if (options.check) reportExceeded(findExceeded(rounds));
}

/** Compares the requests per second of two workers with those of one. */
async function compareWorkers(data: BenchData, { rounds, seconds, check }: MeasureOptions): Promise<void> {
  if (availableParallelism() < 2) return;
  using processes = new DisposableStack();
  const client = processes.use(startLoad());
  const servers = new Map<string, RunningServer>();
  for (const count of ['1', '2']) {
    servers.set(count, processes.use(await startServer('ours', data, { serveOptions: ['--workers', count] })));
  }
  const measure = (duration: number) => (count: string) =>
    measureServer(servers.get(count) as RunningServer, client, { ...data, seconds: duration, pipelined: PIPELINED });
  await measureInRounds(['1', '2'], 1, measure(Math.min(WARM_UP_SECONDS, rounds * seconds)));
  const results = await measureInRounds(['1', '2'], rounds, measure(seconds));
  const list = (count: '1' | '2', figure: keyof Measurement) => results[count].map((round) => round[figure]);
  const ratio = compareRounds(list('2', 'perSecond'), list('1', 'perSecond'));
  const rows = (['1', '2'] as const).map((count) => [
    count,
    computeSpread(list(count, 'perSecond')).median.toFixed(0),
    ...(count === '1' ? ['', ''] : formatRatio(ratio)),
    computeSpread(list(count, 'cpu')).median.toFixed(1),
  ]);
  console.log(`\n${formatTable(['workers', 'requests/s', '× one worker', 'middle half', 'CPU µs/request'], rows)}`);
  if (check && ratio.median < MIN_SPEEDUP) {
    reportExceeded([
      `two workers answer ${ratio.median.toFixed(2)} times as many requests as one, not ${MIN_SPEEDUP}.`,
    ]);
  }
}

function reportExceeded(messages: readonly string[]): void {
  for (const message of messages) console.error(`Budget exceeded: ${message}`);
  if (messages.length > 0) process.exitCode = EXIT.failed;
}

/** Measures all servers in turn. */
export async function measureServers(
  data: BenchData,
  { rounds, seconds }: Pick<ApiOptions, 'rounds' | 'seconds'>,
): Promise<Rounds<ServerName, Measurement>> {
  using processes = new DisposableStack();
  const client = processes.use(startLoad());
  const servers = new Map<ServerName, RunningServer>();
  for (const name of SERVERS) {
    const server = processes.use(await startServer(name, data));
    if (name !== 'node:http') await checkResponses(server, data);
    servers.set(name, server);
  }
  const measure = (duration: number) => (name: ServerName) =>
    measureServer(servers.get(name) as RunningServer, client, { ...data, seconds: duration, pipelined: 1 });
  await measureInRounds(SERVERS, 1, measure(Math.min(WARM_UP_SECONDS, rounds * seconds)));
  return await measureInRounds(SERVERS, rounds, measure(seconds));
}

function startLoad(): Child<LoadTask, Load> {
  return startChild(new URL('./load.ts', import.meta.url));
}

async function measureServer(
  { port, measureUsage }: RunningServer,
  client: Child<LoadTask, Load>,
  { authorization, customers, seconds, pipelined }: Omit<LoadTask, 'port'>,
): Promise<Measurement> {
  const before = await measureUsage();
  const load = await client.perform({ port, authorization, customers, seconds, pipelined });
  const after = await measureUsage();
  return { cpu: (after.cpu - before.cpu) / load.requests, perSecond: load.perSecond, p99: load.p99 };
}

/** Throws unless a server finds a customer by each identifier, and rejects an unknown customer and a wrong key. */
async function checkResponses({ url }: RunningServer, { authorization, customers }: BenchData): Promise<void> {
  const request = (identifier: string, key: string) =>
    fetch(`${url}/v2/customers/${encodeURIComponent(identifier)}`, { headers: { authorization: key } });
  for (const identifier of getIdentifiers(customers)) {
    const response = await request(identifier, authorization);
    strictEqual(await response.text(), formatCustomer(customers));
  }
  strictEqual((await request('unknown', authorization)).status, 404);
  strictEqual((await request('unknown', `Basic ${btoa('wrong:')}`)).status, 401);
}

function formatReport(rounds: Rounds<ServerName, Measurement>): string {
  const rows = SERVERS.map((name) => {
    const getSpread = (figure: keyof Measurement) => computeSpread(rounds[name].map((round) => round[figure]));
    const { lower, median, upper } = getSpread('cpu');
    return [
      name,
      median.toFixed(1),
      `${lower.toFixed(1)}–${upper.toFixed(1)}`,
      ...formatRatio(compareCpu(rounds, name)),
      getSpread('perSecond').median.toFixed(0),
      getSpread('p99').median.toFixed(2),
    ];
  });
  const headings = ['server', 'CPU µs/request', 'middle half', `× ${BASELINE}`, 'middle half', 'requests/s', 'p99 ms'];
  return formatTable(headings, rows);
}

/** Compares the CPU time of a server with that of the baseline. */
export function compareCpu(
  rounds: Rounds<ServerName, Measurement>,
  name: ServerName,
  baseline: ServerName = BASELINE,
): Spread {
  const getCpu = (server: ServerName) => rounds[server].map(({ cpu }) => cpu);
  return compareRounds(getCpu(name), getCpu(baseline));
}

function findExceeded(rounds: Rounds<ServerName, Measurement>): string[] {
  return BUDGETS.flatMap(({ name, ratio }) => {
    const { median } = compareCpu(rounds, 'ours', name);
    return median > ratio
      ? [`our server uses ${median.toFixed(3)} times the CPU time of ${name}, more than ${ratio}.`]
      : [];
  });
}
