import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAccount } from '../src/accounts.ts';
import { withDatabase } from '../src/database/open.ts';
import { type Context, type DatabaseKind, databases, sqlite } from '../test/databases.ts';
import { runCommand } from '../test/run-command.ts';
import { createCustomer, importSome } from '../test/running-api.ts';

/** Creates an account. Returns functions that run commands on it. */
async function setUp(context: Context, kind: DatabaseKind) {
  const location = await kind.create(context);
  const accountId = await withDatabase(location, (database) => createAccount(database, 'Acme'));
  const run = (args: readonly string[], input = '') =>
    runCommand(location, [...args, '--account', String(accountId)], { input });
  const readAll = () =>
    withDatabase(location, ({ query }) => query.selectFrom('customers').selectAll().orderBy('id').execute());
  return { location, accountId, run, readAll };
}

// Spread over all planes of Unicode, with characters that CSV, JSON and SQL treat specially.
const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...',;"\'\\\r\n\t ={}:%\ufeff\ufffd\u2028'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 40,
  })
  .filter((value) => !value.includes('\0'));
const amount = fc.maxSafeInteger();
const changes = fc.record({
  extra_id: fc.option(text),
  email: fc.option(text),
  total_contract_value: amount,
  current_mrr: amount,
  current_subscription_count: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
});

describe.each(databases)('on $name', (kind) => {
  test('an import of an export changes nothing', async (context) => {
    const { location, accountId, run, readAll } = await setUp(context, kind);
    const samples = fc.sample(fc.tuple(text, changes), { numRuns: 500, seed: 1 });
    const customers = samples.map(([stripeId, change], index) =>
      createCustomer(index + 1, { ...change, stripe_id: `${index}${stripeId}` }),
    );
    expect((await importSome(location, customers, { accountId, onError: 'stop' })).rejected).toEqual([]);
    const before = await readAll();
    for (const format of ['ndjson', 'csv']) {
      const file = join((await sqlite.create(context)).directory, `customers.${format}`);
      expect(await run(['customer', 'export', '--format', format, '--output', file])).toMatchObject({ code: 0 });
      expect(await run(['import', file, '--prune'])).toMatchObject({
        code: 0,
        stdout: 'Imported 500, rejected 0, removed 0.\n',
      });
      expect(await readAll()).toEqual(before);
    }
  });

  test('four processes that import 20,000 customers in different orders wait for each other', async (context) => {
    const { run, readAll } = await setUp(context, kind);
    const ids = Array.from({ length: 20_000 }, (_, index) => index + 1);
    const files = [0, 1, 2, 3].map((file) => {
      const rotated = [...ids.slice(file * 5_000), ...ids.slice(0, file * 5_000)];
      const ordered = file % 2 === 0 ? rotated : rotated.toReversed();
      // Each file exchanges Stripe IDs in another way.
      const format = (id: number) =>
        JSON.stringify(createCustomer(id, { stripe_id: `cus_${((id + file) % 20_000) + 1}`, extra_id: `x${file}` }));
      return ordered.map((id) => `${format(id)}\n`).join('');
    });
    const results = await Promise.all(files.map((input) => run(['import', '-'], input)));
    for (const result of results) {
      expect(result).toEqual({ code: 0, stdout: 'Imported 20000, rejected 0.\n', stderr: '' });
    }
    const customers = await readAll();
    expect(customers).toHaveLength(20_000);
    expect(new Set(customers.map(({ extra_id }) => extra_id)).size).toBe(1);
  }, 300_000);
});
