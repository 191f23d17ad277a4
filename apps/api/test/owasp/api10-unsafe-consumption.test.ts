import { expect, test } from 'vitest';
import { INTEGER_COLUMNS } from '../../src/customers/columns.ts';
import { customerReader, UnfitError } from '../../src/import/customer.ts';
import { readCsv } from '../../src/import/read-csv.ts';
import { readNdjson } from '../../src/import/read-ndjson.ts';
import type { SourceRecord } from '../../src/import/record.ts';
import { customer } from '../running-api.ts';

const { read } = await customerReader();

/** Why each record is refused; undefined for one that is not. */
async function refusals(records: AsyncIterable<SourceRecord>): Promise<(string | undefined)[]> {
  const reasons: (string | undefined)[] = [];
  for await (const record of records) reasons.push('fault' in record ? record.fault : refusal(record.value));
  return reasons;
}

function refusal(value: unknown): string | undefined {
  try {
    read(value);
    return undefined;
  } catch (error) {
    if (error instanceof UnfitError) return error.message;
    throw error;
  }
}

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const fit = JSON.stringify(customer(1));
const HOSTILE = ['__proto__', 'constructor', 'prototype', 'toString', 'account_id', 'line'];

test('NDJSON of somebody else: a member that is not documented is refused, whatever its name means elsewhere', async () => {
  const lines = HOSTILE.map((name) => `${fit.slice(0, -1)},${JSON.stringify(name)}:{"id":2}}`);
  expect(await refusals(readNdjson(bytes([fit, ...lines].join('\n'))))).toEqual([
    undefined,
    ...HOSTILE.map((name) => `has an unknown member "${name}"`),
  ]);
});

test('CSV of somebody else: so is a column', async () => {
  const { object: _, ...members } = { object: 'customer', ...customer(1) };
  const row = (names: readonly string[], values: readonly unknown[]) => `${names.join(',')}\n${values.join(',')}\n`;
  for (const name of HOSTILE) {
    const text = row([...Object.keys(members), name], [...Object.values(members), 'x']);
    expect(await refusals(readCsv(bytes(text), INTEGER_COLUMNS))).toEqual([`has an unknown member "${name}"`]);
  }
});

test('a value is never made to fit: a number as text, a list of one, or a flag are refused', async () => {
  for (const current_mrr of ['10000', [10_000], true, null, { valueOf: 1 }]) {
    expect(refusal(customer(1, { current_mrr }))).toBe('current_mrr must be integer');
  }
});

test('JSON that is nested without end is refused or read, and the next line is read', async () => {
  const deep = '['.repeat(500_000);
  const [first, second] = await refusals(readNdjson(bytes(`${deep}\n${fit}\n`)));
  expect(first).toBe('is not JSON');
  expect(second).toBeUndefined();
});
