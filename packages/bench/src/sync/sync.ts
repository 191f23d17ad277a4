import { once } from 'node:events';
import { EXIT } from '@firstofficer/common/command';
import { PostgresUnavailableError } from '@firstofficer/postgres';
import { type AccountData, createAccountData, type DatabaseName } from '../api/data.ts';
import type { Load, LoadTask } from '../api/load.ts';
import { startServer } from '../api/server.ts';
import { type Child, startChild } from '../child.ts';
import { compareRounds, computeSpread, formatRatio, formatTable, measureInRounds } from '../statistics.ts';
import { runSync, type SyncRun, startSync } from './command.ts';
import { INVOICES_PER_CUSTOMER } from './objects.ts';
import type { StripeResult, StripeTask } from './stripe.ts';

/** Options of {@link benchmarkSync}. */
export interface SyncOptions {
  readonly invoices: number;
  readonly rounds: number;
  /** The duration of the reads in each round. */
  readonly seconds: number;
  readonly databases: readonly DatabaseName[];
  /** Whether to fail if the sync exceeds a budget. */
  readonly check?: boolean;
}

/** The highest memory of the process of `sync`, in MB. */
const MAX_MEGABYTES = 300;
/** The highest number of requests, as a ratio to the pages of all lists. */
const MAX_REQUESTS = 1.1;
/** The highest median latency of reads during a sync, as a ratio to that without one. */
const MAX_SLOWDOWN = 1.2;

const PAGE = 100;
// One connection with pauses leaves time on both cores for the sync and for the server of Stripe objects, which would be on
// another machine.
const READS = { connections: 1, pipelined: 1, pauseMs: 4 };
const WARM_UP_SECONDS = 4;

/** Measures the first sync of a Stripe account, the computation of its customers, and reads during a sync. */
export async function benchmarkSync({ databases, invoices, ...options }: SyncOptions): Promise<void> {
  using stripe: Child<StripeTask, StripeResult> = startChild(new URL('./stripe.ts', import.meta.url));
  console.log(`\nSync: creating a Stripe account with ${invoices.toLocaleString('en')} invoices …`);
  const { url } = await stripe.perform({ invoices });
  for (const name of databases) {
    try {
      await using data = await createAccountData(name, Math.ceil(invoices / INVOICES_PER_CUSTOMER));
      console.log(`\nSync: ${invoices.toLocaleString('en')} invoices into ${name}\n`);
      await stripe.perform('count requests');
      await measureSync(data, { url, stripe, invoices, ...options });
    } catch (error) {
      if (!(error instanceof PostgresUnavailableError)) throw error;
      console.log(`\nSync: PostgreSQL was skipped, because ${error.message}`);
    }
  }
}

interface MeasureOptions extends Omit<SyncOptions, 'databases'> {
  readonly url: string;
  readonly stripe: Child<StripeTask, StripeResult>;
}

async function measureSync(data: AccountData, { url, stripe, ...options }: MeasureOptions): Promise<void> {
  const { customers } = data;
  // The identifiers that the load generator uses.
  await data.run('account', 'set', '1', '--extra-id-key', 'user_id');
  const backfill = await runSync(data, url, '1');
  const { requests } = await stripe.perform('count requests');
  const unchanged = await runSync(data, url, '1');
  await data.run('account', 'set', '1', '--default-currency', 'eur');
  const recomputed = await runSync(data, url, '1');

  // Customers and subscriptions, invoices and charges, and a price.
  const objects = 2 * customers + 2 * options.invoices + 1;
  const pages = 2 * Math.ceil(customers / PAGE) + 2 * Math.ceil(options.invoices / PAGE);
  const perSecond = (count: number, seconds: number) => Math.round(count / seconds).toLocaleString('en');
  const slowdown = await measureReads(data, url, options);
  const rows: [figure: string, value: string][] = [
    ['first sync, seconds', backfill.seconds.toFixed(1)],
    ['objects per second', perSecond(objects, backfill.seconds)],
    ['memory, MB', formatMegabytes(backfill)],
    ['requests', requests.toLocaleString('en')],
    ['× pages', (requests / pages).toFixed(2)],
    ['sync without changes, seconds', unchanged.seconds.toFixed(1)],
    ['snapshots per second', perSecond(customers, recomputed.seconds - unchanged.seconds)],
    ['memory of that, MB', formatMegabytes(recomputed)],
  ];
  console.log(formatTable(['figure', 'value'], rows));
  if (!options.check) return;
  const peak = Math.max(backfill.peakMegabytes, recomputed.peakMegabytes);
  reportExceeded([
    ...(peak > MAX_MEGABYTES ? [`sync uses ${peak.toFixed(0)} MB of memory, more than ${MAX_MEGABYTES}.`] : []),
    ...(requests / pages > MAX_REQUESTS
      ? [`sync sends ${(requests / pages).toFixed(2)} requests for each page, more than ${MAX_REQUESTS}.`]
      : []),
    ...(slowdown > MAX_SLOWDOWN
      ? [`reads during a sync take ${slowdown.toFixed(2)} times as long, more than ${MAX_SLOWDOWN}.`]
      : []),
  ]);
}

/** Reads of customers. */
interface Reads extends Load {
  /** CPU time of the server per request, in microseconds. */
  readonly cpu: number;
}

/**
 * Measures reads of one account while another account has its first sync. Between the rounds, the sync is suspended.
 *
 * @returns The median latency during the sync, as a ratio to that without one.
 */
async function measureReads(
  data: AccountData,
  url: string,
  { rounds, seconds }: Pick<SyncOptions, 'rounds' | 'seconds'>,
): Promise<number> {
  using processes = new DisposableStack();
  const client: Child<LoadTask, Load> = processes.use(startChild(new URL('../api/load.ts', import.meta.url)));
  const server = processes.use(await startServer('ours', data));
  const { authorization, customers } = data;
  const read = async (duration: number): Promise<Reads> => {
    const before = await server.measureUsage();
    const load = await client.perform({ port: server.port, authorization, customers, seconds: duration, ...READS });
    const after = await server.measureUsage();
    return { ...load, cpu: (after.cpu - before.cpu) / load.requests };
  };
  await read(WARM_UP_SECONDS);
  const sync = startSync(data, url, await data.run('account', 'create', 'Other'));
  sync.stdout?.resume();
  sync.stderr?.resume();
  const results = await measureInRounds(['without', 'with'], rounds, async (name) => {
    if (sync.exitCode !== null) throw new Error('The sync ended before the reads. Use more invoices or fewer rounds.');
    sync.kill(name === 'with' ? 'SIGCONT' : 'SIGSTOP');
    return await read(seconds);
  });
  sync.kill('SIGKILL');
  await once(sync, 'exit');
  const list = (name: 'without' | 'with', figure: keyof Reads) => results[name].map((load) => load[figure]);
  const ratio = compareRounds(list('with', 'p50'), list('without', 'p50'));
  const rows = (['without', 'with'] as const).map((name) => [
    name,
    computeSpread(list(name, 'p50')).median.toFixed(3),
    ...(name === 'without' ? ['', ''] : formatRatio(ratio)),
    computeSpread(list(name, 'p99')).median.toFixed(3),
    computeSpread(list(name, 'cpu')).median.toFixed(0),
  ]);
  console.log(`${formatTable(['reads … a sync', 'p50 ms', '× without', 'middle half', 'p99 ms', 'CPU µs'], rows)}\n`);
  return ratio.median;
}

const formatMegabytes = ({ peakMegabytes }: SyncRun) => peakMegabytes.toFixed(0);

function reportExceeded(messages: readonly string[]): void {
  for (const message of messages) console.error(`Budget exceeded: ${message}`);
  if (messages.length > 0) process.exitCode = EXIT.failed;
}
