import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createCommand } from '@firstofficer/common/command';
import autocannon, { type Result } from 'autocannon';
import Sqlite from 'better-sqlite3';
import { InvalidArgumentError } from 'commander';
import { seed } from '../src/seed.ts';

// The servers and the data are removed when this process exits. Also exit when the parent process, `pnpm bench api`,
// has ended.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
process.once('disconnect', () => process.exit(1));

const program = createCommand('pnpm --filter @firstofficer/api bench')
  .description(
    'Measures requests per second of the live server and of a bare node:http server that sends the same bytes.',
  )
  .option(
    '--customers <numbers>',
    'numbers of customers to measure with, separated by commas',
    parseNumbers,
    [1_000_000, 10_000_000],
  )
  .option('--rounds <number>', 'rounds per database size', parseNumber, 5)
  .option('--seconds <number>', 'duration of the load on each server per round', parseNumber, 4)
  .addHelpText('after', '\nExit codes: 0 success, 2 wrong usage.')
  .parse();
const { customers, rounds, seconds } = program.opts<{ customers: number[]; rounds: number; seconds: number }>();

// So many paths that requests rarely repeat one.
const PATHS = 10_000;
const CONNECTIONS = 10;

console.log(
  `Node ${process.versions.node}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}`,
);
for (const count of customers) await measure(count);

async function measure(count: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'firstofficer-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const { key, accountId } = await seed({ directory }, {});
  insertCustomers(directory, accountId, count);
  const authorization = `Basic ${btoa(`${key}:`)}`;
  const paths = generatePaths(count);
  const api = await startServer('../src/cli.ts', ['serve', '--port', '0', '--data', directory], /ready on (\S+)/);
  const answer = await fetch(api.url + paths[0], { headers: { authorization } });
  const bare = await startServer('./bare.ts', [await answer.text()], /(\S+)/);

  const results: { api: Load; bare: Load }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const bareLoad = await measureLoad(bare.url, paths, { authorization, seconds });
    const apiLoad = await measureLoad(api.url, paths, { authorization, seconds });
    // The first round only warms up the just-in-time compiler.
    if (round > 0) results.push({ api: apiLoad, bare: bareLoad });
  }
  api.stop();
  bare.stop();
  printReport(count, results);
  rmSync(directory, { recursive: true });
}

function printReport(count: number, results: readonly { api: Load; bare: Load }[]): void {
  console.log(`\n${count.toLocaleString('en')} customers in SQLite, medians of ${results.length} rounds\n`);
  console.log('             requests/s   p50 ms   p99 ms');
  for (const name of ['bare', 'api'] as const) {
    const getMedian = (what: keyof Load) => computeMedian(results.map((round) => round[name][what]));
    const label = name === 'bare' ? 'node:http' : 'the API';
    const cells = [
      getMedian('perSecond').toFixed(0).padStart(10),
      getMedian('p50').toFixed(2).padStart(6),
      getMedian('p99').toFixed(2).padStart(6),
    ];
    console.log(`  ${label.padEnd(9)}  ${cells.join('   ')}`);
  }
  const ratio = computeMedian(results.map((round) => round.api.perSecond / round.bare.perSecond));
  console.log(`  ratio of each round, median: ${ratio.toFixed(2)}`);
}

/** Returns paths of random customers, with each of the four identifiers in turn. They are the same in every run. */
function generatePaths(count: number): string[] {
  let state = 20_261_124;
  return Array.from({ length: PATHS }, (_, index) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const id = 1 + Math.floor((state / 2 ** 32) * count);
    const identifiers = [
      `cus_${String(id).padStart(14, '0')}`,
      String(id),
      `workspace-${id}`,
      `${id}@customers.example`,
    ];
    return `/v2/customers/${encodeURIComponent(identifiers[index % 4] ?? '')}`;
  });
}

async function startServer(file: string, args: readonly string[], pattern: RegExp) {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--conditions=@firstofficer/source', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const lines = createInterface(child.stdout);
  const [line] = (await once(lines, 'line')) as [string];
  // Reads the log, as a log collector would.
  lines.on('line', () => {});
  return { url: pattern.exec(line)?.[1] ?? '', stop: () => child.kill('SIGKILL') };
}

function computeMedian(sample: readonly number[]): number {
  return sample.toSorted((a, b) => a - b)[Math.floor(sample.length / 2)] ?? Number.NaN;
}

function parseNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('It must be an integer of at least 1.');
  return Number(value);
}

function parseNumbers(value: string): number[] {
  return value.split(',').map(parseNumber);
}

/**
 * Inserts customers 1 to `count` into an account of an SQLite database, each with all four identifiers. The database
 * generates the rows, which is faster than an import.
 */
function insertCustomers(directory: string, accountId: number, count: number): void {
  const sqlite = new Sqlite(join(directory, 'customers.db'));
  sqlite.pragma('synchronous = OFF');
  sqlite
    .prepare(
      `insert into customers (account_id, id, stripe_id, extra_id, email, total_contract_value, current_mrr,
         current_subscription_count, currency)
       with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ?)
       select ?, n, printf('cus_%014d', n), 'workspace-' || n, n || '@customers.example', n * 100, n % 100000, 1, 'usd'
       from numbers where true
       on conflict do nothing`,
    )
    .run(count, accountId);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/** Measurements of a server under load. Latencies are in milliseconds. */
interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Sends requests to the paths in turn, over 10 connections.
 *
 * @throws Error if a response is not a 200.
 */
async function measureLoad(
  url: string,
  paths: readonly string[],
  { authorization, seconds }: { readonly authorization: string; readonly seconds: number },
): Promise<Load> {
  const times: number[] = [];
  const requests = paths.map((path) => ({ path }));
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  // Measures from the first response on, because autocannon takes some time to start.
  let began = 0;
  let ended = 0;
  const load = { url, connections: CONNECTIONS, duration: seconds, headers: { authorization }, requests };
  autocannon(load, (error, result) => (error ? reject(error) : resolve(result)))
    // biome-ignore lint/complexity/useMaxParams: the library defines this signature.
    .on('response', (_client, _status, _bytes, time) => {
      ended = performance.now();
      began ||= ended;
      times.push(time);
    });
  const { non2xx, errors } = await promise;
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} requests were not answered with 200, ${errors} failed.`);
  const sorted = times.toSorted((a, b) => a - b);
  const getPercentile = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { perSecond: (times.length * 1_000) / (ended - began), p50: getPercentile(0.5), p99: getPercentile(0.99) };
}
