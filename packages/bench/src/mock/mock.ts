import { deepStrictEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@firstofficer/common/listen';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { readExampleCustomer } from './candidates.ts';
import { startChild } from './child.ts';
import type { Load, LoadTask } from './mock-load.ts';
import {
  compareRounds,
  computeSpread,
  formatRatio,
  formatTable,
  measureInRounds,
  mergeRounds,
  type Rounds,
} from './statistics.ts';

const SERVERS = ['prism mock', 'firstofficer-mock'] as const;

/** The command that starts a mock server. */
type ServerName = (typeof SERVERS)[number];

const SPEC = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** The commands that a user would run. Prism runs without its request log, which would slow it down. */
const COMMANDS: Record<ServerName, { readonly file: URL; readonly options: readonly string[] }> = {
  'prism mock': { file: new URL(import.meta.resolve('@stoplight/prism-cli')), options: ['mock', SPEC, '-v', 'silent'] },
  'firstofficer-mock': {
    file: new URL('../bin/firstofficer-mock.js', import.meta.resolve('@firstofficer/mock')),
    options: [],
  },
};

/** The server that the other one is compared with. */
const BASELINE: ServerName = 'prism mock';

// Enough requests for the JIT compiler to finish its optimizations.
const WARM_UP = 12_000;
// A process keeps its JIT decisions, so the measurement is repeated in new processes to average them out.
const GENERATIONS = 3;
// Per generation.
const ROUNDS = 5;
const REQUESTS = 2_500;

/** The measurements of one pair of server processes. */
interface Generation {
  readonly startTimes: Rounds<ServerName>;
  /** The load test results, by case. */
  readonly loads: readonly Rounds<ServerName, Load>[];
}

/** Measures the throughput, latency and start time of the mock and of `prism mock` with the same description. */
export async function benchmarkMock(): Promise<void> {
  const cases = await createCases(DEFAULT_TOKEN);
  const generations: Generation[] = [];
  for (let generation = 0; generation < GENERATIONS; generation += 1) generations.push(await measureGeneration(cases));
  for (const [index, { title }] of cases.entries()) {
    const loads = generations.flatMap((generation) => generation.loads[index] ?? []);
    console.log(`\nMock: ${title}\n\n${formatLoads(mergeRounds(SERVERS, loads))}`);
  }
  const starts = generations.map(({ startTimes }) => startTimes);
  console.log(
    `\nMock: from the start of the process to the first response\n\n${formatStarts(mergeRounds(SERVERS, starts))}`,
  );
}

async function measureGeneration(cases: readonly Case[]): Promise<Generation> {
  using processes = new DisposableStack();
  const client = processes.use(startChild<LoadTask, Load>(new URL('./mock-load.ts', import.meta.url)));
  const servers: RunningServer[] = [];
  const startTimes = await measureInRounds(SERVERS, 1, async (name) => {
    const server = processes.use(await startServer(name));
    servers.push(server);
    return server.startTime;
  });
  await checkSameResponses(servers, cases);
  const loads: Rounds<ServerName, Load>[] = [];
  for (const { path, headers, status, hasUniqueIdentifiers } of cases) {
    const measure = (requests: number) => (name: ServerName) => {
      const { url } = servers.find((server) => server.name === name) ?? {};
      return client.perform({ url: `${url}${path}`, headers: headers[name], status, hasUniqueIdentifiers, requests });
    };
    await measureInRounds(SERVERS, 1, measure(WARM_UP));
    loads.push(await measureInRounds(SERVERS, ROUNDS, measure(REQUESTS)));
  }
  return { startTimes, loads };
}

/** Throws if the servers return different responses. */
async function checkSameResponses(servers: readonly RunningServer[], cases: readonly Case[]): Promise<void> {
  for (const { path, headers } of cases) {
    const [one, ...others] = await Promise.all(
      servers.map(async ({ name, url }) => {
        const response = await fetch(url + path, { headers: headers[name] });
        return { status: response.status, body: await response.json() };
      }),
    );
    for (const other of others) deepStrictEqual(other, one);
  }
}

function formatLoads(rounds: Rounds<ServerName, Load>): string {
  const rows = SERVERS.map((name) => {
    const getMedian = (getFigure: (load: Load) => number) => computeSpread(rounds[name].map(getFigure)).median;
    return [
      name,
      getMedian(getPerSecond).toFixed(0),
      ...formatRatio(compareRounds(rounds[name].map(getPerSecond), rounds[BASELINE].map(getPerSecond))),
      getMedian(({ p50 }) => p50).toFixed(2),
      getMedian(({ p99 }) => p99).toFixed(2),
    ];
  });
  return formatTable(['server', 'requests/s', 'ratio', 'middle half', 'p50 ms', 'p99 ms'], rows);
}

function formatStarts(times: Rounds<ServerName>): string {
  const rows = SERVERS.map((name) => [
    name,
    computeSpread(times[name]).median.toFixed(0),
    ...formatRatio(compareRounds(times[name], times[BASELINE])),
  ]);
  return formatTable(['server', 'ms', 'ratio', 'middle half'], rows);
}

function getPerSecond({ perSecond }: Load): number {
  return perSecond;
}

/** A request to measure. */
interface Case extends Pick<LoadTask, 'status' | 'hasUniqueIdentifiers'> {
  readonly title: string;
  readonly path: string;
  /** The headers with which each server returns the same response. */
  readonly headers: Readonly<Record<ServerName, LoadTask['headers']>>;
}

async function createCases(token: string): Promise<Case[]> {
  const { identifier } = await readExampleCustomer();
  const known = `/v2/customers/${encodeURIComponent(identifier)}`;
  const unknown = '/v2/customers/nobody';
  const key = { authorization: `Basic ${btoa(`${token}:`)}` };
  const withKey = { 'prism mock': key, 'firstofficer-mock': key };
  const withoutKey = { 'prism mock': {}, 'firstofficer-mock': {} };
  // Prism returns its first example for every identifier, unless the request asks for a 404.
  const with404 = { ...withKey, 'prism mock': { ...key, prefer: 'code=404' } };
  const same = { hasUniqueIdentifiers: false };
  return [
    { title: '200, the same customer', path: known, headers: withKey, status: 200, ...same },
    { title: '404, the same unknown customer', path: unknown, headers: with404, status: 404, ...same },
    {
      title: '404, another unknown customer each time',
      path: unknown,
      headers: with404,
      status: 404,
      hasUniqueIdentifiers: true,
    },
    { title: '401, no key', path: known, headers: withoutKey, status: 401, ...same },
  ];
}

/** A mock server that runs in its own process. Disposing of it kills the process. */
interface RunningServer extends Disposable {
  readonly name: ServerName;
  readonly url: string;
  /** The time from the start of the process to its first response, in milliseconds. */
  readonly startTime: number;
}

/** Starts a server by its command and waits until it responds. */
async function startServer(name: ServerName): Promise<RunningServer> {
  const { file, options } = COMMANDS[name];
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const begin = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(file), ...options, '--port', String(port)], { stdio: 'ignore' });
  const stop = () => void child.kill();
  process.once('exit', stop);
  while (!(await hasStarted(url))) {
    if (child.exitCode !== null) throw new Error(`${name} ended before it responded to a request.`);
    await setTimeout(5);
  }
  return { name, url, startTime: performance.now() - begin, [Symbol.dispose]: stop };
}

async function hasStarted(url: string): Promise<boolean> {
  return fetch(url).then(
    async (response) => {
      await response.body?.cancel();
      return true;
    },
    () => false,
  );
}
