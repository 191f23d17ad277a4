import { BUDGETS, budgetCell } from '../budget.ts';
import type { Candidate } from '../candidates.ts';
import { type Child, startChild } from '../child.ts';
import { exampleCustomer } from '../example.ts';
import { measureInRounds, mergeRounds, type Rounds } from '../rounds.ts';
import { ratioSpread, spread } from '../statistics.ts';
import { formatTable, ratioCells } from '../table.ts';
import { startWorkers, type Workers } from '../workers.ts';
import type { ServerTask } from './server.ts';
import type { CpuTask } from './worker.ts';

const CANDIDATES = [
  'fetch',
  'firstofficer',
  'openapi-fetch',
  'hey-api',
  'ofetch',
  'axios',
  'ky',
  'undici-pool',
] as const satisfies Candidate[];
type Measured = (typeof CANDIDATES)[number];

/** Code written by hand, without a client. The clients are compared with it. */
const BASELINE: Measured = 'fetch';

// Enough requests for the JIT compiler to finish its optimizations.
const WARM_UP = 3_000;
// A process keeps its JIT decisions, so the measurement is repeated in new processes to average them out.
const GENERATIONS = 5;
// Per generation. A batch takes much longer than 4 ms, because the CPU clock may have a resolution of 4 ms.
const ROUNDS = 5;
const LOADS = [
  { concurrency: 1, requests: 700 },
  { concurrency: 50, requests: 1_000 },
];

/**
 * Measures the CPU time of the client's process per request to a server on loopback.
 *
 * Each candidate has its own process. In a shared process, the candidates would share JIT optimizations, garbage and
 * undici's global dispatcher. All processes run at the same time and take turns, so that figures of the same round are
 * measured within seconds of each other.
 */
export async function cpu(): Promise<void> {
  const generations: Rounds<Measured>[][] = [];
  for (let generation = 0; generation < GENERATIONS; generation += 1) generations.push(await measureGeneration());
  for (const [index, { concurrency }] of LOADS.entries()) {
    const rounds = mergeRounds(
      CANDIDATES,
      generations.flatMap((loads) => loads[index] ?? []),
    );
    console.log(`\nCPU per request, ${concurrency} at a time\n\n${report(rounds)}`);
  }
}

/** Starts one generation of processes and returns its rounds, by load. */
async function measureGeneration(): Promise<Rounds<Measured>[]> {
  const server = startChild<ServerTask, string>(new URL('./server.ts', import.meta.url));
  const workers = startWorkers<Measured, CpuTask>(CANDIDATES, new URL('./worker.ts', import.meta.url));
  try {
    await connect(server, workers);
    const loads: Rounds<Measured>[] = [];
    for (const load of LOADS) {
      const measure = (requests: number) => (name: Measured) => workers.ask(name, { ...load, requests });
      await measureInRounds(CANDIDATES, 1, measure(WARM_UP));
      loads.push(await measureInRounds(CANDIDATES, ROUNDS, measure(load.requests)));
    }
    return loads;
  } finally {
    server.stop();
    workers.stop();
  }
}

async function connect(server: Child<ServerTask, string>, workers: Workers<Measured, CpuTask>): Promise<void> {
  const token = 'key';
  const example = await exampleCustomer();
  const baseUrl = await server.ask({
    path: `/v2/customers/${encodeURIComponent(example.identifier)}`,
    authorization: `Basic ${btoa(`${token}:`)}`,
    body: JSON.stringify(example.customer),
  });
  for (const candidate of CANDIDATES) await workers.ask(candidate, { candidate, baseUrl, token, example });
}

function report(rounds: Rounds<Measured>): string {
  const rows = CANDIDATES.map((name) => {
    const ratio = ratioSpread(rounds[name], rounds[BASELINE]);
    return [
      name,
      spread(rounds[name]).median.toFixed(0),
      ...ratioCells(ratio),
      budgetCell(name, ratio.median, { budget: BUDGETS.cpu, unit: '' }),
    ];
  });
  return formatTable(['client', 'µs', 'ratio', 'middle half', 'budget'], rows);
}
