import { describe, expect, test } from 'vitest';
import { readCsv, readNdjson } from '../src/import/read-records.ts';
import { databases } from './databases.ts';
import { createCustomer, importSome, retrieve, startSeededApi } from './running-api.ts';

describe.each(databases)('an import into $name', (kind) => {
  const invalid: readonly (readonly [string, unknown, string])[] = [
    ['a number with a fraction', createCustomer(9, { current_mrr: 2.5 }), 'current_mrr must be integer'],
    [
      'an amount beyond 2^53−1',
      createCustomer(9, { total_contract_value: 2 ** 53 }),
      'total_contract_value must be <=',
    ],
    ['a missing property', createCustomer(9, { currency: undefined }), 'currency is missing'],
    ['an unknown property', createCustomer(9, { Currency: 'usd' }), 'has an unknown property "Currency"'],
    ['a currency in upper case', createCustomer(9, { currency: 'USD' }), 'currency must match pattern'],
    [
      'an identifier that is too long for a request',
      createCustomer(9, { extra_id: 'x'.repeat(1025) }),
      'extra_id must NOT have more',
    ],
    ['an identifier with NUL', createCustomer(9, { email: 'a\0b' }), 'email must be valid Unicode without NUL'],
    ['an unpaired surrogate', createCustomer(9, { extra_id: '\ud800' }), 'extra_id must be valid Unicode without NUL'],
    [
      'a customer without subscriptions that has MRR',
      createCustomer(9, { current_subscription_count: 0 }),
      'current_mrr must be 0',
    ],
    ['the ID of an earlier line', createCustomer(1, { stripe_id: 'cus_other' }), 'is the same as on an earlier line'],
    [
      'the Stripe ID of an earlier line',
      createCustomer(9, { stripe_id: 'cus_1' }),
      'is the same as on an earlier line',
    ],
    [
      'the Stripe ID of another customer',
      createCustomer(9, { stripe_id: 'cus_1234ABCD' }),
      'belongs to another customer',
    ],
    ['a value that is not an object', [], 'is not a JSON object'],
  ];

  test('rejects invalid customers with their line and property, and either imports nothing or skips them', async (context) => {
    const { url, key, location, accountId } = await startSeededApi(context, kind);
    const importWith = (source: unknown, onError: 'stop' | 'skip') =>
      importSome(location, [createCustomer(1), source, createCustomer(3)], { accountId, onError });
    for (const [name, source, reason] of invalid) {
      const stopped = await importWith(source, 'stop');
      expect(stopped, name).toEqual({ imported: 0, rejected: [expect.stringMatching(/^2: /)] });
      expect(stopped.rejected[0], name).toContain(reason);
      expect((await retrieve(url, key, 'cus_3')).status, name).toBe(404);
    }
    for (const [name, source] of invalid) {
      const skipped = await importWith(source, 'skip');
      expect(skipped, name).toMatchObject({ imported: 2, rejected: [expect.stringMatching(/^2: /)] });
    }
    expect((await retrieve(url, key, 'cus_3')).status).toBe(200);
  });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* streamOf(...parts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

test('NDJSON is read line by line, across chunks and without a final line feed', async () => {
  const duck = Buffer.from('"🦆"');
  const records = await collect(readNdjson(streamOf('{"a":1}\r\n\n', duck.subarray(0, 3), duck.subarray(3))));

  expect(records).toEqual([
    { line: 1, value: { a: 1 } },
    { line: 3, value: '🦆' },
  ]);
});

test.each([
  ['a line that is not JSON', '{"id":1', 'is not valid JSON'],
  ['a line that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'is not UTF-8'],
  ['a line that is too long', Buffer.alloc(2 * 1024 * 1024, 'x'), 'is longer than 1048576 bytes'],
])('NDJSON: %s is reported, and the next line is read', async (_, bytes, fault) => {
  expect(await collect(readNdjson(streamOf(bytes, '\n7')))).toEqual([
    { line: 1, fault },
    { line: 2, value: 7 },
  ]);
});

test('CSV: quoted fields can contain line breaks, integers become numbers, and empty fields become null', async () => {
  const records = await collect(readCsv(streamOf('\ufeffid,name,note\r\n007,"a\n""b""",\r\n-12,00815,x\r\n'), ['id']));

  expect(records).toEqual([
    { line: 3, value: { id: '007', name: 'a\n"b"', note: null } },
    { line: 4, value: { id: -12, name: '00815', note: 'x' } },
  ]);
});

test.each([
  ['a row that is too short', 'id,name\n1\n', /is not valid CSV \(CSV_RECORD_INCONSISTENT_COLUMNS\)/],
  ['an unterminated quote', 'id,name\n1,"a\n', /is not valid CSV/],
  ['a duplicate column', 'id,name,id\n1,a,2\n', /has the column id twice/],
  ['a field that is not UTF-8', Buffer.from('id,name\n1,\xff\n', 'latin1'), /name is not UTF-8/],
])('CSV: %s is reported', async (_, text, fault) => {
  const [record] = await collect(readCsv(streamOf(text), ['id']));
  expect(record).toMatchObject({ fault: expect.stringMatching(fault) });
});
