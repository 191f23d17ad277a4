import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT } from '@firstofficer/common/command';
import { readExampleCustomer } from '../candidates.ts';
import { type Child, startChild } from '../child.ts';
import {
  compareRounds,
  computeSpread,
  formatRatio,
  formatTable,
  measureInRounds,
  mergeRounds,
  type Rounds,
} from '../statistics.ts';
import { type Case, createCases, EXAMPLE_PREFIX, EXAMPLES, SCENARIOS, type Setup } from './cases.ts';
import type { InProcess } from './in-process.ts';
import { createLargeDescription, LARGE_OPERATIONS } from './large-description.ts';
import type { Load, LoadTask } from './load.ts';
import { measureMemory } from './memory.ts';
import { BASELINE, type RunningServer, SERVERS, type ServerName, startServer } from './server.ts';

/** Options of {@link benchmarkMock}. */
export interface MockOptions {
  /** Whether to fail if the mock exceeds a budget. */
  readonly check?: boolean;
}

/** The lowest requests per second, as a ratio to `prism mock`. */
const MIN_RATIO = 2;
/** The longest time from the start to the first response, as a ratio to `prism mock`. */
const MAX_START = 1;
/** The highest growth of the objects in memory after many requests, in MiB. V8 keeps free memory, so RSS grows more. */
const MAX_GROWTH = 30;

// Enough requests for the JIT compiler to finish its optimizations.
const WARM_UP = 5;
// A process keeps its JIT decisions, so the measurement is repeated in new processes to average them out.
const GENERATIONS = 3;
// Per generation.
const ROUNDS = 5;
const REQUESTS = 2_000;
const START_ROUNDS = 5;

/** The load on a server, and the CPU time of the server per request in microseconds. */
interface Measurement extends Load {
  readonly cpu: number;
}

/** The processes of both servers, ours once for each setup. */
type Servers = Readonly<Record<Setup, Readonly<Record<ServerName, RunningServer>>>>;

/** Compares the mock with `prism mock`, and measures its memory and its start. Both servers have the same description. */
export async function benchmarkMock({ check = false }: MockOptions): Promise<void> {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'firstofficer-bench-mock-'));
  const exceeded = [
    ...(await compareCases(await writeExamples(directory.path))),
    ...(await compareStarts(await createLargeDescription(directory.path))),
    ...(await compareMemory()),
  ];
  await printInProcess();
  if (!check) return;
  for (const message of exceeded) console.error(`Budget exceeded: ${message}`);
  if (exceeded.length > 0) process.exitCode = EXIT.failed;
}

/** Prints the figures of all cases. Returns a message for each case that exceeds its budget. */
async function compareCases(exampleFile: string): Promise<string[]> {
  const cases = await createCases();
  const generations: Rounds<ServerName, Measurement>[][] = [];
  for (let generation = 0; generation < GENERATIONS; generation += 1) {
    generations.push(await measureGeneration(cases, exampleFile));
  }
  return cases.flatMap(({ title, minimum = MIN_RATIO }, index) => {
    const rounds = mergeRounds(
      SERVERS,
      generations.flatMap((generation) => generation[index] ?? []),
    );
    console.log(`\nMock: ${title}\n\n${formatLoads(rounds)}`);
    const list = (name: ServerName) => rounds[name].map(({ perSecond }) => perSecond);
    const { median } = compareRounds(list('firstofficer-mock'), list(BASELINE));
    return median < minimum
      ? [`${title}: ${median.toFixed(2)} times the requests per second of ${BASELINE}, less than ${minimum}.`]
      : [];
  });
}

async function measureGeneration(
  cases: readonly Case[],
  exampleFile: string,
): Promise<Rounds<ServerName, Measurement>[]> {
  using processes = new DisposableStack();
  const client = processes.use(startChild<LoadTask, Load>(new URL('./load.ts', import.meta.url)));
  const servers = await startServers(processes, exampleFile);
  await checkResponses(servers, cases);
  const results: Rounds<ServerName, Measurement>[] = [];
  for (const { requests = REQUESTS, setup = 'plain', ...loadCase } of cases) {
    const measure = (count: number) => (name: ServerName) =>
      measureLoad(client, servers[setup][name], {
        ...loadCase,
        headers: loadCase.headers[name],
        requests: count,
      });
    await measureInRounds(SERVERS, 1, measure(WARM_UP * requests));
    results.push(await measureInRounds(SERVERS, ROUNDS, measure(requests)));
  }
  return results;
}

async function measureLoad(
  client: Child<LoadTask, Load>,
  { url, measureUsage }: RunningServer,
  { path, ...task }: Omit<LoadTask, 'url'> & { readonly path: string },
): Promise<Measurement> {
  const before = await measureUsage();
  const load = await client.perform({ ...task, url: `${url}${path}` });
  const after = await measureUsage();
  return { ...load, cpu: (after.cpu - before.cpu) / task.requests };
}

async function startServers(processes: DisposableStack, exampleFile: string): Promise<Servers> {
  const start = async (name: ServerName, options: readonly string[] = []) =>
    processes.use(await startServer(name, { options, isMeasured: true }));
  const prism = await start(BASELINE);
  const scenarios = await start('firstofficer-mock');
  await addScenarios(scenarios);
  const withPrism = (ours: RunningServer) => ({ 'prism mock': prism, 'firstofficer-mock': ours });
  return {
    plain: withPrism(await start('firstofficer-mock')),
    scenarios: withPrism(scenarios),
    examples: withPrism(await start('firstofficer-mock', ['--examples', exampleFile])),
  };
}

/** Adds scenarios for customers that no request asks for. */
async function addScenarios({ url }: RunningServer): Promise<void> {
  const scenarios = Array.from({ length: SCENARIOS }, (_, index) => ({
    operation: 'retrieveCustomer',
    parameters: { customer: `other-${index}` },
    answer: { code: 503 },
  }));
  const response = await fetch(`${url}/__mock/scenarios`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(scenarios),
  });
  strictEqual(response.status, 204, await response.text());
}

/** Writes many customers that differ in their identifiers. Returns the path of the file. */
async function writeExamples(directory: string): Promise<string> {
  const { customer } = await readExampleCustomer();
  const lines = Array.from({ length: EXAMPLES }, (_, index) =>
    JSON.stringify({
      ...(customer as object),
      id: 5_000_000 + index,
      stripe_id: `cus_Bench${index}`,
      extra_id: `${EXAMPLE_PREFIX}${index}`,
    }),
  );
  const file = join(directory, 'customers.ndjson');
  await writeFile(file, lines.join('\n'));
  return file;
}

/** Throws if a server returns another status than expected, or if the bodies differ. */
async function checkResponses(servers: Servers, cases: readonly Case[]): Promise<void> {
  for (const { title, path, headers, status, paths, setup = 'plain', isSameBody = true } of cases) {
    const [one, other] = await Promise.all(
      SERVERS.map(async (name) => {
        const response = await fetch(`${servers[setup][name].url}${path}${paths === undefined ? '' : 1}`, {
          headers: headers[name],
        });
        strictEqual(response.status, status, `${name}, ${title}`);
        return response.json();
      }),
    );
    if (isSameBody) deepStrictEqual(other, one);
  }
}

function formatLoads(rounds: Rounds<ServerName, Measurement>): string {
  const rows = SERVERS.map((name) => {
    const list = (server: ServerName, figure: keyof Measurement) => rounds[server].map((round) => round[figure]);
    const getMedian = (figure: keyof Measurement) => computeSpread(list(name, figure)).median;
    return [
      name,
      getMedian('perSecond').toFixed(0),
      ...formatRatio(compareRounds(list(name, 'perSecond'), list(BASELINE, 'perSecond'))),
      getMedian('cpu').toFixed(0),
      compareRounds(list(BASELINE, 'cpu'), list(name, 'cpu')).median.toFixed(2),
      getMedian('p50').toFixed(2),
      getMedian('p99').toFixed(2),
    ];
  });
  const headings = ['server', 'requests/s', 'ratio', 'middle half', 'CPU µs/request', 'ratio', 'p50 ms', 'p99 ms'];
  return formatTable(headings, rows);
}

/** Prints the times to the first response. Returns a message for each description with which the mock starts later. */
async function compareStarts(largeDescription: string): Promise<string[]> {
  const descriptions = [
    { title: "FirstOfficer's description", options: {} },
    { title: `a description with ${LARGE_OPERATIONS} operations`, options: { spec: largeDescription } },
  ];
  const exceeded: string[] = [];
  for (const { title, options } of descriptions) {
    const times = await measureInRounds(SERVERS, START_ROUNDS, async (name) => {
      using server = await startServer(name, options);
      return server.startTime;
    });
    const rows = SERVERS.map((name) => [
      name,
      computeSpread(times[name]).median.toFixed(0),
      ...formatRatio(compareRounds(times[name], times[BASELINE])),
    ]);
    const table = formatTable(['server', 'ms', 'ratio', 'middle half'], rows);
    console.log(`\nMock: from the start of the process to the first response, ${title}\n\n${table}`);
    const { median } = compareRounds(times['firstofficer-mock'], times[BASELINE]);
    if (median > MAX_START) {
      exceeded.push(
        `The start with ${title} takes ${median.toFixed(2)} times as long as ${BASELINE}, not ${MAX_START}.`,
      );
    }
  }
  return exceeded;
}

/** Prints the memory of the mock. Returns a message if it grows by too much. */
async function compareMemory(): Promise<string[]> {
  const { title, start, end } = await measureMemory();
  const toMegabytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(1);
  const rows = [['after the first response', start] as const, [title, end] as const].map(
    ([name, { rss, heapUsed }]) => [name, toMegabytes(rss), toMegabytes(heapUsed)],
  );
  console.log(`\nMock: memory after a garbage collection\n\n${formatTable(['', 'RSS MiB', 'heap used'], rows)}`);
  const growth = (end.heapUsed + end.external - start.heapUsed - start.external) / 1024 ** 2;
  return growth > MAX_GROWTH
    ? [`The objects of the mock grow by ${growth.toFixed(1)} MiB, more than ${MAX_GROWTH} MiB.`]
    : [];
}

/** Prints the times of the mock within the process of a test. */
async function printInProcess(): Promise<void> {
  using child = startChild<object, InProcess>(new URL('./in-process.ts', import.meta.url));
  const { firstStart, laterStart, handler } = await child.perform({});
  const rows = [
    ['first startMock and close, with the import', firstStart.toFixed(0)],
    ['later startMock and close', laterStart.toFixed(0)],
    ['a request to the handler for MSW', handler.toFixed(3)],
  ];
  console.log(`\nMock: in the process of a test\n\n${formatTable(['', 'ms'], rows)}`);
}
