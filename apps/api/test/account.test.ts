import type { Command } from 'commander';
import { describe, expect, test, vi } from 'vitest';
import { createAccount } from '../src/accounts.ts';
import { listChanges } from '../src/audit.ts';
import { type DatabaseLocation, withDatabase } from '../src/database/open.ts';
import { createProgram } from '../src/program.ts';
import { type Context, type DatabaseKind, databases, sqlite } from './databases.ts';
import { openInTest, startTestApi } from './running-api.ts';

/** Creates a database with the account 1. */
async function createLocation(context: Context, kind: DatabaseKind) {
  const location = await kind.create(context);
  await withDatabase(location, (database) => createAccount(database, 'Acme'));
  return { location, run: (...args: readonly string[]) => runAccount(context, location, args) };
}

/** Runs `account` in this process, because starting one takes longer. Returns its output. Throws if it fails. */
async function runAccount(
  { onTestFinished }: Context,
  { url, directory }: DatabaseLocation,
  args: readonly string[],
): Promise<string> {
  const program = createProgram();
  const prepare = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => {} });
    command.commands.forEach(prepare);
  };
  prepare(program);
  const lines: unknown[] = [];
  vi.stubEnv('DATABASE_URL', url ?? '');
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  onTestFinished(() => log.mockRestore());
  onTestFinished(() => void vi.unstubAllEnvs());
  await program.parseAsync(['account', ...args, '--data', directory], { from: 'user' });
  return lines.join('\n');
}

const HOUR = 3_600_000;

/** Creates an account whose sync has read events up to an hour ago, and then failed. */
async function createSyncedAccount(context: Context, kind: DatabaseKind) {
  const created = await createLocation(context, kind);
  const { query } = openInTest(context, created.location);
  const scope = { account_id: 1, livemode: 1 };
  const now = Date.now();
  const sync = {
    ...scope,
    api_version: '2026-10-28.endive',
    state: 'failed',
    backfill_started: Math.floor((now - 90 * HOUR) / 1_000),
    backfilled_at: now - 89 * HOUR,
    events_through: Math.floor((now - 5 * HOUR) / 1_000),
    polled_at: now - 5 * HOUR,
    reconciled_at: now - 20 * HOUR,
    failed_at: now - HOUR,
    failure: 'Stripe did not answer.',
  };
  await query.insertInto('stripe_syncs').values(sync).execute();
  const object = { ...scope, customer: 'cus_1', parent: null, created: 1, fetched: 1, deleted: 0, data: '{}' };
  const objects = ['in_1', 'in_2'].map((id) => ({ ...object, type: 'invoice', id }));
  await query
    .insertInto('stripe_objects')
    .values([...objects, { ...object, type: 'customer', id: 'cus_1' }])
    .execute();
  const hints = [1, 8].map((attempts) => ({ ...scope, type: 'charge', id: `ch_${attempts}`, version: 1, attempts }));
  await query
    .insertInto('stripe_hints')
    .values(hints.map((hint) => ({ ...hint, received_at: now })))
    .execute();
  const customer = { ...scope, created: 1, computed_at: now, next_at: null };
  await query
    .insertInto('stripe_customers')
    .values([
      { ...customer, stripe_id: 'cus_1', dirty: 0, error: null },
      { ...customer, stripe_id: 'cus_2', dirty: 2, error: null },
      { ...customer, stripe_id: 'cus_3', dirty: 0, error: 'invoice in_1: lines is missing' },
    ])
    .execute();
  return { ...created, now, sync };
}

describe.each(databases)('account show on $name', (kind) => {
  test('says that an account was never synced, and how to begin', async (context) => {
    const { run } = await createLocation(context, kind);
    expect(await run('show', '1')).toMatch(
      /^Account +1 Acme\nExtra ID +none\nDefault currency +usd\nSync +never\. Start it with: sync --account 1$/,
    );
    expect(JSON.parse(await run('show', '1', '--json'))).toEqual({
      id: 1,
      name: 'Acme',
      extra_id_key: null,
      default_currency: null,
      sync: null,
    });
  });

  test('shows how far events are behind, and what failed', async (context) => {
    const { run, now, sync } = await createSyncedAccount(context, kind);
    const text = await run('show', '1');
    const lines = text.split('\n').map((line) => line.replace(/ {2,}/, ': '));
    expect(lines).toEqual(
      expect.arrayContaining([
        'Stripe: live data, API version 2026-10-28.endive',
        `Last poll: ${new Date(sync.polled_at).toISOString()}, 5 h ago`,
        `Events read: up to ${new Date(sync.events_through * 1_000).toISOString()}, 5 h behind`,
        `Last reconcile: ${new Date(now - 20 * HOUR).toISOString()}, 20 h ago`,
        `Next reconcile: ${new Date(now + 4 * HOUR).toISOString()}`,
        'Customers: 3, waiting 1, failed 1',
        'Objects: customer 1, invoice 2',
        'Objects to fetch: 1, failed 1',
        `Last failure: ${new Date(sync.failed_at).toISOString()}: Stripe did not answer.`,
        'Failed customer: cus_3: invoice in_1: lines is missing',
      ]),
    );
    expect(JSON.parse(await run('show', '1', '--json')).sync).toMatchObject({
      isLive: true,
      polledAt: sync.polled_at,
      nextReconcileAt: now + 4 * HOUR,
      objects: [
        { type: 'customer', count: 1 },
        { type: 'invoice', count: 2 },
      ],
    });
  });

  test('says that there are no customers before the first sync is complete', async (context) => {
    const { run, location } = await createSyncedAccount(context, kind);
    const { query } = openInTest(context, location);
    const unread = {
      state: 'backfill',
      backfilled_at: null,
      events_through: null,
      polled_at: null,
      reconciled_at: null,
    };
    await query
      .updateTable('stripe_syncs')
      .set({ ...unread, failed_at: null, failure: null })
      .execute();
    const text = await run('show', '1');
    expect(text).toMatch(/^First sync +started \S+, not complete: the API has no customers from Stripe yet$/m);
    expect(text).toMatch(/^Last poll +never$/m);
    expect(text).toMatch(/^Events read +none yet$/m);
    expect(text).toMatch(/^Next reconcile +after the first sync$/m);
    expect(text).toMatch(/^Last failure +none$/m);
  });

  test('the metrics contain the freshness of each synced account', async (context) => {
    const { location, sync } = await createSyncedAccount(context, kind);
    const { metricsUrl = '' } = await startTestApi(context, { database: location, metricsPort: 0 });
    const text = await (await fetch(metricsUrl)).text();
    const gauges = text.split('\n').filter((line) => line.startsWith('firstofficer_stripe'));
    expect(gauges).toEqual([
      `firstofficer_stripe_sync_polled_timestamp_seconds{account="1"} ${sync.polled_at / 1_000}`,
      `firstofficer_stripe_sync_events_timestamp_seconds{account="1"} ${sync.events_through}`,
      'firstofficer_stripe_sync_failed{account="1"} 1',
      'firstofficer_stripe_sync_waiting_objects{account="1"} 2',
      'firstofficer_stripe_sync_failed_customers{account="1"} 1',
    ]);
  });
});

describe.each(databases)('account set on $name', (kind) => {
  test('sets and removes the key of the extra ID and the currency, with lines in the audit log', async (context) => {
    const { run, location } = await createLocation(context, kind);
    const show = async () => JSON.parse(await run('show', '1', '--json'));
    expect(await run('set', '1', '--extra-id-key', 'user_id', '--default-currency', 'EUR')).toMatch(/^Changed\. /);
    expect(await show()).toMatchObject({ extra_id_key: 'user_id', default_currency: 'eur' });
    await run('set', '1', '--no-extra-id-key');
    expect(await show()).toMatchObject({ extra_id_key: null, default_currency: 'eur' });
    await run('set', '1', '--no-default-currency');
    expect(await show()).toMatchObject({ extra_id_key: null, default_currency: null });
    const changes = await listChanges(openInTest(context, location));
    const lines = changes.filter(({ command }) => command === 'account set');
    expect(lines.map(({ account_id, details }) => ({ account_id, ...JSON.parse(details) }))).toEqual([
      { account_id: 1, extra_id_key: 'user_id', default_currency: 'eur' },
      { account_id: 1, extra_id_key: null },
      { account_id: 1, default_currency: null },
    ]);
  });

  test('an unknown account is an error', async (context) => {
    const { run } = await createLocation(context, kind);
    await expect(run('set', '9', '--extra-id-key', 'a')).rejects.toThrow('Account 9 does not exist');
    await expect(run('show', '9')).rejects.toThrow('Account 9 does not exist');
  });
});

test.for([
  { args: [], message: 'Nothing to change. Pass --extra-id-key or --default-currency.' },
  { args: ['--extra-id-key', ''], message: '1 to 40 characters' },
  { args: ['--extra-id-key', 'a[b]'], message: 'no square brackets' },
  { args: ['--default-currency', 'euro'], message: 'three letters' },
])('account set 1 $args is wrong usage', async ({ args, message }, context) => {
  const { run } = await createLocation(context, sqlite);
  await expect(run('set', '1', ...args)).rejects.toThrow(message);
});
