import Sqlite from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { readStatus } from '../../src/stripe/store/status.ts';
import { sqlite } from '../databases.ts';
import { createObjects } from './account-objects.ts';
import { createSyncedAccount, startStripe } from './synced-data.ts';

// Without statistics, the plans of SQLite do not depend on the number of rows.
test('no statement of a sync reads or sorts a whole table', async (context) => {
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare');
  context.onTestFinished(() => prepare.mockRestore());
  const stripe = await startStripe(context, createObjects({ customers: 5, months: 1 }));
  const { sync, database, location, account } = await createSyncedAccount(context, sqlite, stripe);
  prepare.mockClear();
  await sync();
  const customer = { ...stripe.get('cus_1'), id: 'cus_1', object: 'customer' };
  stripe.put({ ...customer, email: 'new@customers.example' });
  await sync({ reconcile: true });
  await readStatus(database, account);
  const texts = [...new Set(prepare.mock.calls.map(([text]) => text))].filter((text) => /stripe_|customers/.test(text));
  const reader = new Sqlite(`${location.directory}/customers.db`, { readonly: true });
  context.onTestFinished(() => void reader.close());
  const plans = texts.map((text) => {
    const values = Array.from(text.matchAll(/\?/g), () => null);
    const rows = reader.prepare<unknown[], { detail: string }>(`explain query plan ${text}`).all(...values);
    return `${text}\n${rows.map(({ detail }) => detail).join('\n')}`;
  });
  expect(plans.length).toBeGreaterThan(20);
  const slow = plans.filter((plan) => /TEMP B-TREE|SCAN (?!json_each)|PRIMARY KEY \(account_id=\?\)/.test(plan));
  expect(slow).toEqual([]);
});
