import { expect, test } from 'vitest';
import { INTEGER_COLUMNS } from '../../src/customers/columns.ts';
import { createCustomerParser, InvalidCustomerError } from '../../src/import/customer.ts';
import type { SourceRecord } from '../../src/import/read-records.ts';
import { readCsv, readNdjson } from '../../src/import/read-records.ts';
import { customer } from '../running-api.ts';

const { parse } = await createCustomerParser();

/** Returns why each record is rejected, or undefined for a valid one. */
async function findReasons(records: AsyncIterable<SourceRecord>): Promise<(string | undefined)[]> {
  const reasons: (string | undefined)[] = [];
  for await (const record of records) reasons.push('fault' in record ? record.fault : findReason(record.value));
  return reasons;
}

function findReason(value: unknown): string | undefined {
  try {
    parse(value);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidCustomerError) return error.message;
    throw error;
  }
}

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const valid = JSON.stringify(customer(1));
const HOSTILE = ['__proto__', 'constructor', 'prototype', 'toString', 'account_id', 'line'];

test('NDJSON: an undocumented property is rejected, whatever its name means in JavaScript or SQL', async () => {
  const lines = HOSTILE.map((name) => `${valid.slice(0, -1)},${JSON.stringify(name)}:{"id":2}}`);
  expect(await findReasons(readNdjson(bytes([valid, ...lines].join('\n'))))).toEqual([
    undefined,
    ...HOSTILE.map((name) => `has an unknown property "${name}"`),
  ]);
});

test('CSV: an undocumented column is rejected, whatever its name means in JavaScript or SQL', async () => {
  const { object: _, ...properties } = { object: 'customer', ...customer(1) };
  const row = (names: readonly string[], values: readonly unknown[]) => `${names.join(',')}\n${values.join(',')}\n`;
  for (const name of HOSTILE) {
    const text = row([...Object.keys(properties), name], [...Object.values(properties), 'x']);
    expect(await findReasons(readCsv(bytes(text), INTEGER_COLUMNS))).toEqual([`has an unknown property "${name}"`]);
  }
});

test('values are never converted: a number as text, an array of one number and a boolean are rejected', async () => {
  for (const current_mrr of ['10000', [10_000], true, null, { valueOf: 1 }]) {
    expect(findReason(customer(1, { current_mrr }))).toBe('current_mrr must be integer');
  }
});

test('deeply nested JSON is rejected, and the next line is read', async () => {
  const deep = '['.repeat(500_000);
  const [first, second] = await findReasons(readNdjson(bytes(`${deep}\n${valid}\n`)));
  expect(first).toBe('is not valid JSON');
  expect(second).toBeUndefined();
});
