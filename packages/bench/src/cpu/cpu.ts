import { BUDGETS, verdict } from '../budget.ts';
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

/** What one would write by hand: the others are compared with it. */
const BASELINE: Measured = 'fetch';

// Enough for the optimising compiler to have settled.
const WARM_UP = 3_000;
// What a process has once, such as what its compiler has decided, it keeps: only other processes average that out.
const GENERATIONS = 5;
// Of each generation. Batches are long beside a clock that may tick in units of 4 ms.
const ROUNDS = 5;
const LOADS = [
  { concurrency: 1, requests: 700 },
  { concurrency: 50, requests: 1_000 },
];

/**
 * CPU of the client's process per request to a server on loopback.
 *
 * A process for each candidate, all of them alive and one at work at a time. In one process together they would share
 * what the compiler has learnt of fetch from the others, their garbage, and undici's global dispatcher; in processes
 * one after the other, minutes would lie between two that are compared.
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

/** The rounds of one generation of processes, by load. */
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
      verdict(name, ratio.median, BUDGETS.cpu, ''),
    ];
  });
  return formatTable(['client', 'µs', 'ratio', 'middle half', 'budget'], rows);
}
