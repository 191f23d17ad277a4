import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { EXIT } from '@firstofficer/common/command';
import { OUR_COMMAND } from '../api/data.ts';
import type { Peak } from '../report-peak.ts';
import { formatTable } from '../statistics.ts';
import { generateStripeData, PAID_AT, type StripeDataSize } from './stripe-data.ts';

/** Options of {@link benchmarkSnapshot}. */
export interface SnapshotOptions {
  /** Whether to fail if a command exceeds a budget. */
  readonly check?: boolean;
}

const SEED = 1;
/** Accounts of growing size. The cost of an invoice must not grow with the account. */
const ACCOUNTS = [10_000, 30_000, 100_000].map((customers) => ({ customers, invoicesPerCustomer: 10 }));
/** Customers with more and more invoices. */
const CUSTOMERS = [5_000, 10_000, 20_000].map((invoicesPerCustomer) => ({ customers: 1, invoicesPerCustomer }));
/** The memory that the largest account may need, in bytes. */
const MAX_RSS = 2 * 1024 ** 3;
/** The highest CPU time per invoice of the largest account, as a ratio to that of the smallest one. */
const MAX_GROWTH = 1.5;

interface Measurement extends Peak {
  readonly size: StripeDataSize;
  readonly bytes: number;
  readonly seconds: number;
}

/** Measures the time and memory of `firstofficer-api snapshot` for accounts of several sizes. */
export async function benchmarkSnapshot({ check = false }: SnapshotOptions): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'firstofficer-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  console.log(`\nsnapshot: generated accounts, seed ${SEED}`);
  const failures: string[] = [];
  for (const sizes of [ACCOUNTS, CUSTOMERS]) {
    const measurements: Measurement[] = [];
    for (const size of sizes) measurements.push(await measure(size, join(directory, 'stripe.ndjson')));
    console.log(formatTable(HEAD, measurements.map(formatRow)));
    failures.push(...findFailures(measurements));
  }
  for (const failure of failures) console.log(`✗ ${failure}`);
  if (check && failures.length > 0) process.exitCode = EXIT.failed;
}

function findFailures(measurements: readonly Measurement[]): string[] {
  const [first, last] = [measurements.at(0), measurements.at(-1)];
  const growth = first && last ? getCost(last) / getCost(first) : 0;
  return [
    ...(measurements.some(({ rss }) => rss > MAX_RSS) ? [`more than ${MAX_RSS / 1024 ** 3} GiB of memory`] : []),
    ...(growth > MAX_GROWTH ? [`${growth.toFixed(1)} times the CPU time per invoice in the largest account`] : []),
  ];
}

/** Returns the CPU seconds per invoice. */
function getCost({ cpu, size }: Measurement): number {
  return cpu / (size.customers * size.invoicesPerCustomer);
}

async function measure(size: StripeDataSize, file: string): Promise<Measurement> {
  await pipeline(Readable.from(joinLines(generateStripeData(size, SEED))), createWriteStream(file));
  const start = performance.now();
  const args = [OUR_COMMAND, 'snapshot', '--stripe-data', file, '--at', PAID_AT];
  const child = spawn(process.execPath, ['--import', new URL('../report-peak.ts', import.meta.url).href, ...args], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
  });
  const [peak, [code]] = await Promise.all([text(child.stdio[3] as Readable), once(child, 'exit')]);
  if (code !== 0) throw new Error(`The command ended with ${code}.`);
  const seconds = (performance.now() - start) / 1000;
  return { size, bytes: statSync(file).size, seconds, ...(JSON.parse(peak) as Peak) };
}

/** Joins lines to parts of about 1 MiB, which are written faster. */
function* joinLines(lines: Iterable<string>): Generator<string> {
  let part = '';
  for (const line of lines) {
    part += line;
    if (part.length < 1024 ** 2) continue;
    yield part;
    part = '';
  }
  yield part;
}

const HEAD = ['customers', 'invoices', 'file', 'seconds', 'CPU seconds', 'µs per invoice', 'peak memory'];

function formatRow(measurement: Measurement): string[] {
  const { size, bytes, seconds, cpu, rss } = measurement;
  const invoices = size.customers * size.invoicesPerCustomer;
  return [
    size.customers.toLocaleString('en'),
    invoices.toLocaleString('en'),
    `${Math.round(bytes / 1e6).toLocaleString('en')} MB`,
    seconds.toFixed(1),
    cpu.toFixed(1),
    (getCost(measurement) * 1e6).toFixed(0),
    `${Math.round(rss / 1024 ** 2).toLocaleString('en')} MiB`,
  ];
}
