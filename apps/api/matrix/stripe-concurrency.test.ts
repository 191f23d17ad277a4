import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createAccount } from '../src/accounts.ts';
import { createCustomerFinder } from '../src/customers/find.ts';
import { listCustomers } from '../src/customers/records.ts';
import { migrate } from '../src/database/migrate.ts';
import { openForRequests } from '../src/database/open.ts';
import { recompute } from '../src/stripe/figures/recompute.ts';
import { toRows } from '../src/stripe/objects.ts';
import { createStripeStore } from '../src/stripe/store/store.ts';
import { databases } from '../test/databases.ts';
import { runCommand } from '../test/run-command.ts';
import { createCustomer, importSome, openInTest } from '../test/running-api.ts';
import { createCharge, createStripeCustomer, FETCHED, JANUARY } from '../test/stripe/objects.ts';

const CUSTOMERS = 40;
const ROUNDS = 60;

describe.each(databases)('on $name', (kind) => {
  test('objects are written, computed, deleted, imported and read at once, and nothing is lost', async (context) => {
    const location = await kind.create(context);
    const open = () => openInTest(context, location);
    const database = open();
    await migrate(database);
    const accountId = await createAccount(database, 'Acme');
    const other = await createAccount(database, 'Other');
    const scope = { accountId, livemode: true };
    const ids = Array.from({ length: CUSTOMERS }, (_, at) => `cus_${at}`);
    const customers = ids.flatMap((id, at) => toRows(createStripeCustomer(id, { created: JANUARY + at }), FETCHED));
    await createStripeStore(database).writePage(scope, customers);
    let isWriting = true;

    async function writePages(first: number) {
      const store = createStripeStore(open());
      for (let round = 1; round <= ROUNDS; round++) {
        const charges = ids.flatMap((id, at) => {
          const change = { amount: round, amount_captured: round };
          return toRows(createCharge(`in_${first}_${at}`, id, change), FETCHED + round);
        });
        await store.writePage(scope, round % 2 ? charges : charges.toReversed());
        await store.addHints(scope, [
          { type: 'charge', id: 'ch_1' },
          { type: 'invoice', id: `in_${first}` },
        ]);
      }
    }
    async function computeAll() {
      const connection = open();
      while (isWriting) {
        await recompute(connection, { scope, now: FETCHED, limit: 7 });
        // On SQLite, nothing else lets the other functions of this process run.
        await setImmediate();
      }
    }
    async function erase(erased: readonly string[]) {
      // Processes of their own, because SQLite blocks a process that waits for a checkpoint.
      for (const identifier of erased)
        await runCommand(location, ['customer', 'delete', identifier, '--account', String(accountId), '--yes']);
    }
    async function importOthers() {
      for (let round = 0; round < 3; round++) {
        const list = ids.map((id, at) => createCustomer(at + 1, { stripe_id: id, current_mrr: round }));
        await importSome(location, list, { accountId: other, onError: 'stop', prune: true });
      }
    }
    async function read() {
      const connection = openForRequests(location);
      const find = createCustomerFinder(connection);
      try {
        for (let at = 0; isWriting; at++) {
          const found = await find(at % 2 ? accountId : other, ids[at % CUSTOMERS] ?? '');
          if (found) expect(found.stripe_id).toBe(ids[at % CUSTOMERS]);
          await setImmediate();
        }
      } finally {
        await connection.close();
      }
    }

    const writing = Promise.all([writePages(1), writePages(2), erase(['cus_3', 'cus_7', 'cus_11']), importOthers()]);
    const working = Promise.all([computeAll(), computeAll(), read()]);
    await writing.finally(() => {
      isWriting = false;
    });
    await working;

    const all = { scope, now: FETCHED, limit: 1_000 };
    expect(await recompute(database, all)).toMatchObject({ failed: 0 });
    const stored = await listCustomers(database.query, { accountId, after: 0, limit: 1_000 });
    const left = ids.filter((id) => !['cus_3', 'cus_7', 'cus_11'].includes(id));
    expect(stored.map(({ stripe_id }) => stripe_id).toSorted()).toEqual(left.toSorted());
    expect(stored.map(({ total_contract_value }) => total_contract_value)).toEqual(left.map(() => 2 * ROUNDS));
    expect(new Set(stored.map(({ id }) => id)).size).toBe(left.length);
    const hints = await createStripeStore(database).claimHints(scope, 'charge', 9);
    expect(hints).toMatchObject([{ id: 'ch_1', version: 2 * ROUNDS }]);
  });
});
