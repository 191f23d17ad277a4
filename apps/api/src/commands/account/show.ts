import type { Command } from 'commander';
import { DEFAULT_CURRENCY, listAccounts, readAccountSettings } from '../../accounts.ts';
import type { Database } from '../../database/database.ts';
import { withDatabase } from '../../database/open.ts';
import { readStatus, type SyncStatus } from '../../stripe/store/status.ts';
import { escapeText, formatJson, formatTime } from '../format.ts';
import { createDataCommand, type DataFlags, getLocation, jsonOption, parseId } from '../options.ts';

export function createShowCommand(): Command {
  return createDataCommand('show', 'Shows the settings of an account, and how up to date its customers are.')
    .argument('<id>', 'ID of the account', parseId)
    .addOption(jsonOption())
    .action(async (id: number, { json, ...flags }: DataFlags & { json?: true }) => {
      const report = await withDatabase(getLocation(flags), (database) => readReport(database, id));
      console.log(json ? formatJson(report) : formatReport(report, Date.now()));
    });
}

/** What the command shows. */
type Report = Awaited<ReturnType<typeof readReport>>;

async function readReport(database: Database, id: number) {
  const settings = await readAccountSettings(database, id);
  const account = (await listAccounts(database)).find((other) => other.id === id);
  return { id, name: account?.name ?? '', ...settings, sync: (await readStatus(database, id)) ?? null };
}

/** Formats a report as lines with a label each. */
function formatReport({ id, name, extra_id_key, default_currency, sync }: Report, now: number): string {
  const ago = (time: number | null, never: string) =>
    time === null ? never : `${formatTime(time)}, ${formatDuration(now - time)} ago`;
  const lines: (readonly [label: string, value: string])[] = [
    ['Account', `${id} ${name}`],
    ['Extra ID', extra_id_key === null ? 'none' : `metadata key ${extra_id_key}`],
    ['Default currency', default_currency ?? DEFAULT_CURRENCY],
  ];
  if (!sync) return formatLines([...lines, ['Sync', `never. Start it with: sync --account ${id}`]]);
  const { objects, failures } = sync;
  lines.push(
    ['Stripe', `${sync.isLive ? 'live data' : 'test data'}, API version ${sync.apiVersion}`],
    ['State', sync.state],
    ['First sync', formatFirstSync(sync)],
    ['Last poll', ago(sync.polledAt, 'never')],
    [
      'Events read',
      sync.eventsThrough === null
        ? 'none yet'
        : `up to ${formatTime(sync.eventsThrough)}, ${formatDuration(now - sync.eventsThrough)} behind`,
    ],
    ['Last reconcile', ago(sync.reconciledAt, 'never')],
    ['Next reconcile', sync.nextReconcileAt === null ? 'after the first sync' : formatTime(sync.nextReconcileAt)],
    [
      'Customers',
      `${formatCount(sync.customers)}, waiting ${formatCount(sync.waitingCustomers)}, failed ${formatCount(sync.failedCustomers)}`,
    ],
    ['Objects', objects.map(({ type, count }) => `${type} ${formatCount(count)}`).join(', ') || 'none'],
    ['Objects to fetch', `${formatCount(sync.hints)}, failed ${formatCount(sync.failedHints)}`],
    ['Last failure', sync.failure === null ? 'none' : `${formatTime(sync.failedAt)}: ${sync.failure}`],
    ...failures.map(({ stripeId, error }) => ['Failed customer', `${stripeId}: ${error}`] as const),
  );
  return formatLines(lines);
}

function formatFirstSync({ backfillStartedAt, backfilledAt }: SyncStatus): string {
  if (backfilledAt !== null) return `complete since ${formatTime(backfilledAt)}`;
  if (backfillStartedAt === null) return 'not started';
  return `started ${formatTime(backfillStartedAt)}, not complete: the API has no customers from Stripe yet`;
}

function formatLines(lines: readonly (readonly [label: string, value: string])[]): string {
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `${label.padEnd(width)}  ${escapeText(value)}`).join('\n');
}

const formatCount = (count: number) => count.toLocaleString('en');

const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** Formats a duration in the largest unit of which it has two, such as `90 min`. */
function formatDuration(ms: number): string {
  const [unit, size] = UNITS.find(([, size]) => ms >= 2 * size) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(ms / size))} ${unit}`;
}
