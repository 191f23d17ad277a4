import { describe, expect, test } from 'vitest';
import { type Location, openForCommand } from '../src/database/open.ts';
import { customerReader } from '../src/import/customer.ts';
import { importCustomers } from '../src/import/import-customers.ts';
import { databases } from './databases.ts';
import { customer, retrieve, runningApi } from './running-api.ts';

describe.each(databases)('an import into $name', (kind) => {
  const unfit: readonly (readonly [string, unknown, string])[] = [
    ['a figure with a fraction', customer(9, { current_mrr: 2.5 }), 'current_mrr must be integer'],
    ['an amount beyond 2^53−1', customer(9, { total_contract_value: 2 ** 53 }), 'total_contract_value must be <='],
    ['a missing member', customer(9, { currency: undefined }), 'currency is missing'],
    ['an unknown member', customer(9, { Currency: 'usd' }), 'has an unknown member "Currency"'],
    ['a currency in upper case', customer(9, { currency: 'USD' }), 'currency must match pattern'],
    [
      'an identifier too long to be asked for',
      customer(9, { extra_id: 'x'.repeat(1025) }),
      'extra_id must NOT have more',
    ],
    ['an identifier with NUL', customer(9, { email: 'a\0b' }), 'email must be valid Unicode without NUL'],
    ['half a surrogate pair', customer(9, { extra_id: '\ud800' }), 'extra_id must be valid Unicode without NUL'],
    ['MRR of a lost customer', customer(9, { current_subscription_count: 0 }), 'current_mrr must be 0'],
    ['an ID that an earlier line has', customer(1, { stripe_id: 'cus_other' }), 'is that of an earlier line'],
    ['a Stripe ID that an earlier line has', customer(9, { stripe_id: 'cus_1' }), 'is that of an earlier line'],
    ['a Stripe ID of another customer', customer(9, { stripe_id: 'cus_1234ABCD' }), 'belongs to another customer'],
    ['what is no object', [], 'is no JSON object'],
  ];

  test('refuses what does not fit by line and member: stops without importing anything, or skips it', async (context) => {
    const api = await runningApi(context, kind);
    for (const [what, source, reason] of unfit) {
      const lines = [customer(1), source, customer(3)];
      const stopped = await importInto(api.location, api.accountId, lines, 'stop');
      expect(stopped, what).toEqual({ imported: 0, refused: [expect.stringMatching(/^2: /)] });
      expect(stopped.refused[0], what).toContain(reason);
      expect((await retrieve(api.url, api.key, 'cus_3')).status, what).toBe(404);
    }
    for (const [what, source] of unfit) {
      const skipped = await importInto(api.location, api.accountId, [customer(1), source, customer(3)], 'skip');
      expect(skipped, what).toMatchObject({ imported: 2, refused: [expect.stringMatching(/^2: /)] });
    }
    expect((await retrieve(api.url, api.key, 'cus_3')).status).toBe(200);
  });
});

/** Imports in this process. */
async function importInto(
  location: Location,
  accountId: number,
  sources: readonly unknown[],
  onError: 'stop' | 'skip',
) {
  const refused: string[] = [];
  const database = openForCommand(location);
  try {
    const records = (async function* () {
      for (const [index, source] of sources.entries())
        yield { line: index + 1, value: JSON.parse(JSON.stringify(source)) };
    })();
    const { imported } = await importCustomers(database, records, await customerReader(), {
      accountId,
      onError,
      onRefused: (line, reason) => void refused.push(`${line}: ${reason}`),
    });
    return { imported, refused };
  } finally {
    await database.close();
  }
}
