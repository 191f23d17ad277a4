import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { toRows } from '../src/stripe/objects.ts';
import { createStripeStore } from '../src/stripe/store/store.ts';
import { type Context, type DatabaseKind, databases, sqlite } from '../test/databases.ts';
import { runCommand, startCommand, waitForExit } from '../test/run-command.ts';
import { createObjects } from '../test/stripe/account-objects.ts';
import { createStripeCustomer, FETCHED } from '../test/stripe/objects.ts';
import { createSyncedAccount, expectSynced, readAll, startStripe, TEST_KEY } from '../test/stripe/synced-data.ts';

async function setUp(context: Context, kind: DatabaseKind) {
  const stripe = await startStripe(context, createObjects({ customers: 250, months: 1 }));
  const { location, database } = await createSyncedAccount(context, kind, stripe);
  const env = { FIRSTOFFICER_STRIPE_KEY_1: TEST_KEY, FIRSTOFFICER_STRIPE_URL: stripe.url };
  return { stripe, location, database, env };
}

describe.each(databases)('on $name', (kind) => {
  test('sync writes a structured log without keys and identifiers, and exits with 0', async (context) => {
    const { stripe, location, database, env } = await setUp(context, kind);
    const { code, stdout, stderr } = await runCommand(location, ['sync', '--account', '1'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line): { msg: string } => JSON.parse(line));
    expect(lines.map(({ msg }) => msg)).toEqual([
      'backfill started',
      'backfill finished',
      'figures computed',
      'synced',
    ]);
    expect(lines.at(-1)).toMatchObject({ isComplete: true, customers: 250 });
    expect(stdout).not.toMatch(/cus_|customers\.example|1234567890/);
    await expectSynced(context, { stripe, database });
  });

  test.for(['SIGTERM', 'SIGINT'] as const)('%s ends a sync, and the next one goes on', async (signal, context) => {
    const { stripe, location, database, env } = await setUp(context, kind);
    const child = startCommand(location, ['sync', '--account', '1'], env);
    stripe.onRequest(({ params }) => 'starting_after' in params && child.kill(signal));
    child.stdout.resume();
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    expect(await waitForExit(child)).toBe(1);
    expect(stderr).toBe(
      'firstofficer-api: The sync was stopped before it had read all changes. Run the command again to go on.\n',
    );
    expect((await readAll(database)).syncs).toMatchObject([{ state: 'backfilling', owner: null, failure: null }]);
    stripe.onRequest(undefined);
    expect(await runCommand(location, ['sync', '--account', '1'], { env })).toMatchObject({ code: 0, stderr: '' });
    await expectSynced(context, { stripe, database });
  });

  test('sync --follow ends with 0 after it has read everything', async (context) => {
    const { stripe, location, database, env } = await setUp(context, kind);
    const child = startCommand(location, ['sync', '--account', '1', '--follow'], env);
    context.onTestFinished(() => void child.kill('SIGKILL'));
    for await (const line of createInterface(child.stdout))
      if (line.includes('figures computed')) child.kill('SIGTERM');
    expect(await waitForExit(child).then(() => child.exitCode)).toBe(0);
    await expectSynced(context, { stripe, database });
  });
});

test('customer delete also asks about a customer without figures', async (context) => {
  const { location, database } = await createSyncedAccount(context, sqlite, { url: '' });
  const rows = toRows(createStripeCustomer('cus_1'), FETCHED);
  await createStripeStore(database).writePage({ accountId: 1, livemode: true }, rows);
  const asked = await runCommand(location, ['customer', 'delete', 'cus_1', '--account', '1']);
  expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('to delete: 1.') });
});

test('sync exits with a code and a message that say what to do', async (context) => {
  const { location, env } = await setUp(context, sqlite);
  const run = (variables: NodeJS.ProcessEnv, account = '1') =>
    runCommand(location, ['sync', '--account', account], { env: { ...env, ...variables } });
  const wrongUsage: readonly (readonly [NodeJS.ProcessEnv, string])[] = [
    [{ FIRSTOFFICER_STRIPE_KEY_1: '' }, 'There is no key of Stripe. Set FIRSTOFFICER_STRIPE_KEY'],
    [{ FIRSTOFFICER_STRIPE_KEY_1: 'pk_test_1234567890' }, 'FIRSTOFFICER_STRIPE_KEY is not a key that the sync can use'],
    [{ FIRSTOFFICER_STRIPE_URL: 'http://stripe.example' }, 'FIRSTOFFICER_STRIPE_URL must be an HTTPS URL'],
    [{ FIRSTOFFICER_STRIPE_URL: 'http://a:1234567890@127.0.0.1' }, 'without a password and a query'],
  ];
  for (const [variables, message] of wrongUsage) {
    const { code, stderr } = await run(variables);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(stderr).not.toContain('1234567890');
  }
  expect(await run({ FIRSTOFFICER_STRIPE_KEY: TEST_KEY }, '2')).toMatchObject({
    code: 1,
    stderr: 'firstofficer-api: Account 2 does not exist. Create one with: account create NAME\n',
  });
});
