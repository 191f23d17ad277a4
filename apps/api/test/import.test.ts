import { describe, expect, test } from 'vitest';
import { type DatabaseLocation, openForCommand } from '../src/database/open.ts';
import { importCustomers } from '../src/import/import-customers.ts';
import { databases } from './databases.ts';
import { customer, retrieve, startSeededApi } from './running-api.ts';

describe.each(databases)('an import into $name', (kind) => {
  const invalid: readonly (readonly [string, unknown, string])[] = [
    ['a number with a fraction', customer(9, { current_mrr: 2.5 }), 'current_mrr must be integer'],
    ['an amount beyond 2^53−1', customer(9, { total_contract_value: 2 ** 53 }), 'total_contract_value must be <='],
    ['a missing property', customer(9, { currency: undefined }), 'currency is missing'],
    ['an unknown property', customer(9, { Currency: 'usd' }), 'has an unknown property "Currency"'],
    ['a currency in upper case', customer(9, { currency: 'USD' }), 'currency must match pattern'],
    [
      'an identifier that is too long for a request',
      customer(9, { extra_id: 'x'.repeat(1025) }),
      'extra_id must NOT have more',
    ],
    ['an identifier with NUL', customer(9, { email: 'a\0b' }), 'email must be valid Unicode without NUL'],
    ['an unpaired surrogate', customer(9, { extra_id: '\ud800' }), 'extra_id must be valid Unicode without NUL'],
    [
      'a customer without subscriptions that has MRR',
      customer(9, { current_subscription_count: 0 }),
      'current_mrr must be 0',
    ],
    ['the ID of an earlier line', customer(1, { stripe_id: 'cus_other' }), 'is the same as on an earlier line'],
    ['the Stripe ID of an earlier line', customer(9, { stripe_id: 'cus_1' }), 'is the same as on an earlier line'],
    ['the Stripe ID of another customer', customer(9, { stripe_id: 'cus_1234ABCD' }), 'belongs to another customer'],
    ['a value that is not an object', [], 'is not a JSON object'],
  ];

  test('rejects invalid customers with their line and property, and either imports nothing or skips them', async (context) => {
    const api = await startSeededApi(context, kind);
    for (const [name, source, reason] of invalid) {
      const lines = [customer(1), source, customer(3)];
      const stopped = await importInProcess(api.location, api.accountId, lines, 'stop');
      expect(stopped, name).toEqual({ imported: 0, rejected: [expect.stringMatching(/^2: /)] });
      expect(stopped.rejected[0], name).toContain(reason);
      expect((await retrieve(api.url, api.key, 'cus_3')).status, name).toBe(404);
    }
    for (const [name, source] of invalid) {
      const skipped = await importInProcess(api.location, api.accountId, [customer(1), source, customer(3)], 'skip');
      expect(skipped, name).toMatchObject({ imported: 2, rejected: [expect.stringMatching(/^2: /)] });
    }
    expect((await retrieve(api.url, api.key, 'cus_3')).status).toBe(200);
  });
});

/** Imports customers in this process. */
async function importInProcess(
  location: DatabaseLocation,
  accountId: number,
  sources: readonly unknown[],
  onError: 'stop' | 'skip',
) {
  const rejected: string[] = [];
  const database = openForCommand(location);
  try {
    const records = (async function* () {
      for (const [index, source] of sources.entries())
        yield { line: index + 1, value: JSON.parse(JSON.stringify(source)) };
    })();
    const { imported } = await importCustomers(database, records, {
      accountId,
      onError,
      onRejected: (line, reason) => void rejected.push(`${line}: ${reason}`),
    });
    return { imported, rejected };
  } finally {
    await database.close();
  }
}
