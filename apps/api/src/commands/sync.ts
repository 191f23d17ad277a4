import { createCommand } from '@firstofficer/common/command';
import type { Command } from 'commander';
import { pino } from 'pino';
import { withDatabase } from '../database/open.ts';
import { findKey, KEY_VARIABLE, parseKey } from '../stripe/client/keys.ts';
import { formatProgress, type Progress } from '../stripe/sync/progress.ts';
import type { SyncOptions } from '../stripe/sync/sync.ts';
import { runSyncInThread } from '../stripe/thread/run-in-thread.ts';
import { eraseLine } from './input.ts';
import { type DataFlags, dataOption, EXIT, findStripeUrl, getLocation, parseId } from './options.ts';

interface Flags extends DataFlags {
  readonly account: number;
  readonly follow?: true;
  readonly reconcile?: true;
}

export function createSyncCommand(): Command {
  return createCommand('sync')
    .description('Copies the data of a Stripe account, and computes the figures of its customers.')
    .requiredOption('--account <id>', 'ID of the account that the customers belong to', parseId)
    .option('--follow', 'go on until SIGTERM or Ctrl-C, and look for changes every minute')
    .option('--reconcile', 'read all objects again, and correct what differs')
    .addOption(dataOption())
    .addHelpText(
      'after',
      `\nThe key of Stripe is in ${KEY_VARIABLE}_<account> or ${KEY_VARIABLE}. Create a restricted key that can only read.\n` +
        'The first time, the command reads all objects. Later, it reads what changed. You can stop it at any time: the next\n' +
        'run goes on where it stopped. SIGTERM and SIGINT end it after the current transaction. It then exits with 0 if it\n' +
        'has read all changes before, or else with 1.',
    )
    .action(run);
}

async function run({ account, follow, reconcile, ...flags }: Flags): Promise<void> {
  const key = parseKey(findKey(process.env, account));
  const url = findStripeUrl(process.env);
  const { isTTY } = process.stderr;
  const log = isTTY ? createTerminalLog() : pino();
  const location = getLocation(flags);
  // Creates the tables.
  await withDatabase(location, async () => {});
  const { isComplete, objects, customers } = await runSyncInThread({
    location,
    account,
    key,
    log,
    ...(follow && { follow }),
    ...(reconcile && { reconcile }),
    signal: createStopSignal(),
    ...(isTTY && { onProgress: createProgressLine() }),
    ...(url !== undefined && { url }),
  }).finally(() => process.stderr.write(eraseLine()));
  if (isTTY && isComplete) console.log(`Read ${objects} objects, and computed the figures of ${customers} customers.`);
  if (isComplete) return;
  console.error(
    'firstofficer-api: The sync was stopped before it had read all changes. Run the command again to go on.',
  );
  process.exitCode = EXIT.failed;
}

/** Returns a signal that aborts when the process should end. A second one ends it at once. */
function createStopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

/** Creates a log for a terminal, where the progress already shows what is normal. */
function createTerminalLog(): SyncOptions['log'] {
  const print = (fields: object | string, message = '') => {
    const fault = typeof fields === 'object' && 'fault' in fields ? `: ${fields.fault}` : '';
    console.error(`${eraseLine()}firstofficer-api: ${typeof fields === 'string' ? fields : `${message}${fault}`}`);
  };
  return { info: () => {}, warn: print, error: print };
}

const LINE_INTERVAL_MS = 1_000;

/** Returns a function that shows the progress in one line of the terminal, at most once a second. */
function createProgressLine(): (progress: Progress) => void {
  let shownAt = Number.NEGATIVE_INFINITY;
  let shown = '';
  return (progress) => {
    const now = performance.now();
    if (progress.activity === shown && now - shownAt < LINE_INTERVAL_MS) return;
    shownAt = now;
    shown = progress.activity;
    process.stderr.write(`${eraseLine()}${formatProgress(progress)}`);
  };
}
