import { deepStrictEqual } from 'node:assert/strict';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { startChild } from '../child.ts';
import { measureInRounds, mergeRounds, type Rounds } from '../rounds.ts';
import { ratioSpread, spread } from '../statistics.ts';
import { formatTable, ratioCells } from '../table.ts';
import { type Case, readCases } from './cases.ts';
import type { Load, LoadTask } from './load.ts';
import { type RunningServer, type ServerName, startServer } from './server.ts';

const SERVERS = ['prism mock', 'firstofficer-mock'] as const satisfies ServerName[];
/** The server that the other one is compared with. */
const BASELINE: ServerName = 'prism mock';

// Enough requests for the JIT compiler to finish its optimizations.
const WARM_UP = 12_000;
// A process keeps its JIT decisions, so the measurement is repeated in new processes to average them out.
const GENERATIONS = 3;
// Per generation.
const ROUNDS = 5;
const REQUESTS = 2_500;

interface Generation {
  readonly startTimes: Rounds<ServerName>;
  /** The load test results, by case. */
  readonly loads: readonly Rounds<ServerName, Load>[];
}

/** Measures the throughput, latency and start time of the mock and of `prism mock` with the same description. */
export async function mock(): Promise<void> {
  const cases = await readCases(DEFAULT_TOKEN);
  const generations: Generation[] = [];
  for (let generation = 0; generation < GENERATIONS; generation += 1) generations.push(await measureGeneration(cases));
  for (const [index, { title }] of cases.entries()) {
    const loads = generations.flatMap((generation) => generation.loads[index] ?? []);
    console.log(`\nMock: ${title}\n\n${reportLoads(mergeRounds(SERVERS, loads))}`);
  }
  const starts = generations.map(({ startTimes }) => startTimes);
  console.log(
    `\nMock: from the start of the process to the first answer\n\n${reportStarts(mergeRounds(SERVERS, starts))}`,
  );
}

async function measureGeneration(cases: readonly Case[]): Promise<Generation> {
  const servers: RunningServer[] = [];
  const client = startChild<LoadTask, Load>(new URL('./load.ts', import.meta.url));
  try {
    const startTimes = await measureInRounds(SERVERS, 1, async (name) => {
      const server = await startServer(name);
      servers.push(server);
      return server.startTime;
    });
    await checkSameResponses(servers, cases);
    const loads: Rounds<ServerName, Load>[] = [];
    for (const { requestTo } of cases) {
      const measure = (requests: number) => (name: ServerName) => {
        const { path, ...request } = requestTo(name);
        const { url } = servers.find((server) => server.name === name) ?? {};
        return client.ask({ ...request, url: `${url}${path}`, requests });
      };
      await measureInRounds(SERVERS, 1, measure(WARM_UP));
      loads.push(await measureInRounds(SERVERS, ROUNDS, measure(REQUESTS)));
    }
    return { startTimes, loads };
  } finally {
    client.stop();
    for (const server of servers) server.stop();
  }
}

/** Throws if the servers return different responses. */
async function checkSameResponses(servers: readonly RunningServer[], cases: readonly Case[]): Promise<void> {
  for (const { requestTo } of cases) {
    const [one, ...others] = await Promise.all(
      servers.map(async ({ name, url }) => {
        const { path, headers } = requestTo(name);
        const response = await fetch(url + path, { headers });
        return { status: response.status, body: await response.json() };
      }),
    );
    for (const other of others) deepStrictEqual(other, one);
  }
}

function reportLoads(rounds: Rounds<ServerName, Load>): string {
  const rows = SERVERS.map((name) => {
    const median = (figure: (load: Load) => number) => spread(rounds[name].map(figure)).median;
    return [
      name,
      median(perSecond).toFixed(0),
      ...ratioCells(ratioSpread(rounds[name].map(perSecond), rounds[BASELINE].map(perSecond))),
      median(({ p50 }) => p50).toFixed(2),
      median(({ p99 }) => p99).toFixed(2),
    ];
  });
  return formatTable(['server', 'requests/s', 'ratio', 'middle half', 'p50 ms', 'p99 ms'], rows);
}

function reportStarts(times: Rounds<ServerName>): string {
  const rows = SERVERS.map((name) => [
    name,
    spread(times[name]).median.toFixed(0),
    ...ratioCells(ratioSpread(times[name], times[BASELINE])),
  ]);
  return formatTable(['server', 'ms', 'ratio', 'middle half'], rows);
}

function perSecond(load: Load): number {
  return load.perSecond;
}
