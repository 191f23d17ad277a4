import { createServer } from 'node:http';
import { type Listening, listen } from '@firstofficer/common/listen';
import { BUDGETS, type Candidate, type ExampleCustomer, formatBudgetCell, readExampleCustomer } from './candidates.ts';
import { startWorkers } from './child.ts';
import type { ClientTask } from './client-worker.ts';
import {
  compareRounds,
  computeSpread,
  formatRatio,
  formatTable,
  measureInRounds,
  mergeRounds,
  type Rounds,
} from './statistics.ts';

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

const TOKEN = 'key';

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
 * The server is in this process, and each candidate has its own. In a shared process, the candidates would share JIT optimizations, garbage and
 * undici's global dispatcher. All processes run at the same time and take turns, so that figures of the same round are
 * measured within seconds of each other.
 */
export async function benchmarkCpu(): Promise<void> {
  const generations: Rounds<Measured>[][] = [];
  for (let generation = 0; generation < GENERATIONS; generation += 1) generations.push(await measureGeneration());
  for (const [index, { concurrency }] of LOADS.entries()) {
    const rounds = mergeRounds(
      CANDIDATES,
      generations.flatMap((loads) => loads[index] ?? []),
    );
    console.log(`\nCPU per request, ${concurrency} at a time\n\n${formatRounds(rounds)}`);
  }
}

/** Starts one generation of processes and returns its rounds, by load. */
async function measureGeneration(): Promise<Rounds<Measured>[]> {
  const example = await readExampleCustomer();
  await using server = await startServer(example);
  const workers = startWorkers<Measured, ClientTask>(CANDIDATES, new URL('./client-worker.ts', import.meta.url));
  try {
    const connection = { example, token: TOKEN, baseUrl: server.url };
    for (const candidate of CANDIDATES) await workers.perform(candidate, { candidate, ...connection });
    const loads: Rounds<Measured>[] = [];
    for (const load of LOADS) {
      const measure = (requests: number) => (name: Measured) => workers.perform(name, { ...load, requests });
      await measureInRounds(CANDIDATES, 1, measure(WARM_UP));
      loads.push(await measureInRounds(CANDIDATES, ROUNDS, measure(load.requests)));
    }
    return loads;
  } finally {
    workers.stop();
  }
}

/** Starts a server that returns the customer for the expected request, and 400 for all others. */
function startServer({ identifier, customer }: ExampleCustomer): Promise<Listening> {
  const path = `/v2/customers/${encodeURIComponent(identifier)}`;
  const authorization = `Basic ${btoa(`${TOKEN}:`)}`;
  const body = JSON.stringify(customer);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  const server = createServer((request, response) => {
    const isExpected = request.url === path && request.headers.authorization === authorization;
    if (isExpected) response.writeHead(200, headers).end(body);
    else response.writeHead(400).end();
  });
  // Connections stay open between rounds. Otherwise the time to reopen them would be counted for the client.
  server.keepAliveTimeout = 0;
  return listen(server);
}

function formatRounds(rounds: Rounds<Measured>): string {
  const rows = CANDIDATES.map((name) => {
    const ratio = compareRounds(rounds[name], rounds[BASELINE]);
    return [
      name,
      computeSpread(rounds[name]).median.toFixed(0),
      ...formatRatio(ratio),
      formatBudgetCell(name, ratio.median, { budget: BUDGETS.cpu, unit: '' }),
    ];
  });
  return formatTable(['client', 'µs', 'ratio', 'middle half', 'budget'], rows);
}
