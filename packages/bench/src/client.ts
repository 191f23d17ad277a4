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

const WORKER = new URL('./client-worker.ts', import.meta.url);
const TOKEN = 'key';

const CPU_CANDIDATES = [
  'fetch',
  'firstofficer',
  'firstofficer-undici',
  'openapi-fetch',
  'hey-api',
  'ofetch',
  'axios',
  'ky',
  'undici-pool',
] as const satisfies Candidate[];
type CpuCandidate = (typeof CPU_CANDIDATES)[number];

/** The candidate that the others are compared with: code written by hand, without a client. */
const BASELINE: CpuCandidate = 'fetch';

// Enough requests for the JIT compiler to finish its optimizations.
const CPU_WARM_UP = 3_000;
// A process keeps its JIT decisions, so the measurement is repeated in new processes to average them out.
const GENERATIONS = 5;
// Per generation. A batch takes much longer than 4 ms, because the CPU clock may have a resolution of 4 ms.
const CPU_ROUNDS = 5;
const LOADS = [
  { concurrency: 1, requests: 700 },
  { concurrency: 50, requests: 1_000 },
];

/**
 * Measures the CPU time of the client's process per request to a server on loopback.
 *
 * The server is in this process, and each candidate has its own. In a shared process, the candidates would share JIT
 * optimizations, garbage and undici's global dispatcher. The processes of all candidates run during each round, so that
 * figures of the same round are measured within seconds of each other.
 */
export async function benchmarkCpu(): Promise<void> {
  const generations: Rounds<CpuCandidate>[][] = [];
  for (let generation = 0; generation < GENERATIONS; generation += 1) generations.push(await measureGeneration());
  for (const [index, { concurrency }] of LOADS.entries()) {
    const rounds = mergeRounds(
      CPU_CANDIDATES,
      generations.flatMap((loads) => loads[index] ?? []),
    );
    console.log(`\nCPU per request, ${concurrency} at a time\n\n${formatRounds(rounds)}`);
  }
}

/** Starts one generation of processes and returns its rounds, by load. */
async function measureGeneration(): Promise<Rounds<CpuCandidate>[]> {
  const example = await readExampleCustomer();
  await using server = await startServer(example);
  using workers = startWorkers<CpuCandidate, ClientTask>(CPU_CANDIDATES, WORKER);
  const connection = { example, token: TOKEN, baseUrl: server.url };
  for (const candidate of CPU_CANDIDATES) await workers.perform(candidate, { candidate, ...connection });
  const loads: Rounds<CpuCandidate>[] = [];
  for (const load of LOADS) {
    const measure = (requests: number) => (name: CpuCandidate) => workers.perform(name, { ...load, requests });
    await measureInRounds(CPU_CANDIDATES, 1, measure(CPU_WARM_UP));
    loads.push(await measureInRounds(CPU_CANDIDATES, CPU_ROUNDS, measure(load.requests)));
  }
  return loads;
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

function formatRounds(rounds: Rounds<CpuCandidate>): string {
  const rows = CPU_CANDIDATES.map((name) => {
    const ratio = compareRounds(rounds[name], rounds[BASELINE]);
    const budget = name === 'firstofficer-undici' ? BUDGETS.undiciCpu : BUDGETS.cpu;
    return [
      name,
      computeSpread(rounds[name]).median.toFixed(0),
      ...formatRatio(ratio),
      formatBudgetCell(name, ratio.median, { budget, unit: '' }),
    ];
  });
  return formatTable(['client', 'µs', 'ratio', 'middle half', 'budget'], rows);
}

const OVERHEAD_CANDIDATES = [
  'fetch',
  'firstofficer',
  'openapi-fetch',
  'hey-api',
  'ofetch',
  'ky',
] as const satisfies Candidate[];
type OverheadCandidate = (typeof OVERHEAD_CANDIDATES)[number];

const OVERHEAD_WARM_UP = 8_000;
const OVERHEAD_ROUNDS = 41;
const OVERHEAD_CALLS = 1_000;

/**
 * Measures the time that a client adds to a stub of `fetch`, which immediately resolves with a real response. Each
 * candidate has its own process, for the same reasons as in `benchmarkCpu`.
 */
export async function benchmarkOverhead(): Promise<void> {
  using workers = startWorkers<OverheadCandidate, ClientTask>(OVERHEAD_CANDIDATES, WORKER);
  const example = await readExampleCustomer();
  for (const candidate of OVERHEAD_CANDIDATES) await workers.perform(candidate, { candidate, example, token: TOKEN });
  const measure = (calls: number) => (name: OverheadCandidate) => workers.perform(name, { calls });
  await measureInRounds(OVERHEAD_CANDIDATES, 1, measure(OVERHEAD_WARM_UP));
  const rounds = await measureInRounds(OVERHEAD_CANDIDATES, OVERHEAD_ROUNDS, measure(OVERHEAD_CALLS));
  const rows = OVERHEAD_CANDIDATES.map((name) => {
    const { lower, median, upper } = computeSpread(rounds[name]);
    return [
      name,
      median.toFixed(1),
      `${lower.toFixed(1)}–${upper.toFixed(1)}`,
      formatBudgetCell(name, median, { budget: BUDGETS.overhead, unit: ' µs' }),
    ];
  });
  console.log(`\nOverhead per call\n\n${formatTable(['client', 'µs', 'middle half', 'budget'], rows)}`);
}
