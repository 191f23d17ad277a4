import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type AccountData, OUR_COMMAND } from '../api/data.ts';
import type { Peak } from '../report-peak.ts';
import { STRIPE_KEY } from './objects.ts';

const REPORT_PEAK = new URL('../report-peak.ts', import.meta.url).href;

/** A run of our command `sync`. */
export interface SyncRun {
  readonly seconds: number;
  /** The highest memory of the process, in MB. */
  readonly peakMegabytes: number;
}

/** Starts `sync` for an account. Its log is read and discarded. */
export function startSync(data: AccountData, url: string, account: string): ChildProcess {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const args = ['--import', REPORT_PEAK, OUR_COMMAND, 'sync', '--account', account, '--data', data.directory];
  const child = spawn(process.execPath, args, {
    env: { ...inherited, ...data.env, FIRSTOFFICER_STRIPE_URL: url, FIRSTOFFICER_STRIPE_KEY: STRIPE_KEY },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** Runs `sync` until it has read all changes. */
export async function runSync(data: AccountData, url: string, account: string): Promise<SyncRun> {
  const begin = performance.now();
  const child = startSync(data, url, account);
  const [peak, errors] = await Promise.all([
    text(child.stdio[3] as Readable),
    text(child.stderr as Readable),
    text(child.stdout as Readable),
    once(child, 'exit'),
  ]);
  if (child.exitCode !== 0) throw new Error(`sync failed: ${errors}`);
  const { rss } = JSON.parse(peak) as Peak;
  return { seconds: (performance.now() - begin) / 1_000, peakMegabytes: rss / 1e6 };
}
