import { describe, expect, test } from 'vitest';
import { createCustomerParser, InvalidCustomerError } from '../src/import/customer.ts';
import { readCsv } from '../src/import/read-csv.ts';
import { readNdjson } from '../src/import/read-ndjson.ts';
import type { SourceRecord } from '../src/import/read-records.ts';
import { createCustomer } from './running-api.ts';

const TYPES = { id: 'integer', name: 'text', note: 'text' } as const;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function* streamOf(...parts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

/** Splits a file at each byte, because a character or a line break may be split across two chunks. */
async function* split(file: string | Buffer): AsyncGenerator<Buffer> {
  for (const byte of Buffer.from(file)) yield Buffer.from([byte]);
}

const readJson = (...parts: readonly (string | Buffer)[]) => collect(readNdjson(streamOf(...parts)));
const readTable = (...parts: readonly (string | Buffer)[]) => collect(readCsv(streamOf(...parts), TYPES));
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('NDJSON', () => {
  test('is read line by line, across chunks and without a final line feed', async () => {
    const duck = Buffer.from('"🦆"');
    expect(await readJson('{"a":1}\r\n\n', duck.subarray(0, 3), duck.subarray(3))).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 3, value: '🦆' },
    ]);
  });

  test.for<[string, string | Buffer, string]>([
    ['a line that is not JSON', '{"id":1', 'is not valid JSON'],
    ['a line that is not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'is not UTF-8'],
    ['a line that is too long', Buffer.alloc(2 * 1024 * 1024, 'x'), 'is longer than 1048576 bytes'],
    ['a NUL character', '{"a":"\0"}', 'is not valid JSON'],
    ['lines that end with CR only', '{"a":1}\r{"a":2}\r', 'is not valid JSON'],
    ['a repeated property', '{"a":1,"b":2,"a":1}', 'has the property "a" twice'],
    ['a repeated property that is written in two ways', '{"a":1,"\\u0061":1}', 'has the property "a" twice'],
    [
      'a repeated property that is called __proto__',
      '{"__proto__":1,"__proto__":2}',
      'has the property "__proto__" twice',
    ],
    ['a repeated property after colons in a text', '{"a":"x:\\":1","a":"y"}', 'has the property "a" twice'],
    ['a number that would be rounded', '{"a":9007199254740991.4}', '"a" must be integer'],
    ['a small number that would be rounded', '{"b":1, "a" : 1.00000000000000001 }', '"a" must be integer'],
    ['a number that would become 0', '{"a":1e-400}', '"a" must be integer'],
  ])('%s is reported, and the next line is read', async ([, bytes, fault]) => {
    expect(await readJson(bytes, '\n7')).toEqual([
      { line: 1, fault },
      { line: 2, value: 7 },
    ]);
  });

  test.for<[string, unknown]>([
    ['{"a":1.0,"b":1e2,"c":1.5E+1,"d":-0.0e9,"e":100e-2}', { a: 1, b: 100, c: 15, d: -0, e: 1 }],
    ['{"a":2.5}', { a: 2.5 }],
    ['{"a":"b:1.00000000000000001","c":"\\":1e-400"}', { a: 'b:1.00000000000000001', c: '":1e-400' }],
    ['{"a":"\\\\","b":":"}', { a: '\\', b: ':' }],
    ['[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['{"a":{"b":1},"b":2}', { a: { b: 1 }, b: 2 }],
  ])('%s is read unchanged', async ([text, value]) => {
    expect(await readJson(text)).toEqual([{ line: 1, value }]);
  });

  test('long texts and many escapes do not exhaust the memory of a regular expression', async () => {
    const text = JSON.stringify({ a: ':"\\'.repeat(150_000) });
    expect(await readJson(text)).toEqual([{ line: 1, value: JSON.parse(text) }]);
  });
});

describe('CSV', () => {
  test('quoted fields can contain line breaks, integers become numbers, and empty fields become null', async () => {
    expect(await readTable('\ufeffid,name,note\r\n007,"a\r\n""b""",\r\n\r\n-12,00815,x\r\n')).toEqual([
      { line: 2, value: { id: '007', name: 'a\r\n"b"', note: null } },
      { line: 5, value: { id: -12, name: '00815', note: 'x' } },
    ]);
  });

  test('every row can end with LF, CRLF or CR', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((name, index) => ({ line: index + 2, value: { id: 1, name } }));
    for (const file of [
      'id,name\n1,a\r\n1,b\r1,c\n1,d',
      'id,name\r\n1,a\n1,"b"\r1,"c"\r\n1,d\r',
      'id,name\r1,a\r1,b\r1,c\r1,d',
    ]) {
      expect(await readTable(file)).toEqual(rows);
      expect(await collect(readCsv(split(file), TYPES))).toEqual(rows);
    }
  });

  test('all characters are kept, except for one byte order mark at the start', async () => {
    for (const name of ['\ufffd', '\ufeff', '🦆é', 'a\0b', '\u2028', '\u0085']) {
      const file = `\ufeffname,id\n${name},1\n"${name}",2\n`;
      const rows = [
        { line: 2, value: { name, id: 1 } },
        { line: 3, value: { name, id: 2 } },
      ];
      expect(await readTable(file)).toEqual(rows);
      expect(await collect(readCsv(split(file), TYPES))).toEqual(rows);
    }
  });

  test.for<[string, string | Buffer, string]>([
    ['a row that is too short', '1', 'has 1 fields, not 2'],
    ['a row that is too long', '1,a,b', 'has 3 fields, not 2'],
    ['a field that is not UTF-8', Buffer.from('1,\xff', 'latin1'), 'name is not UTF-8'],
    ['a part of a character', Buffer.from('1,\xf0\x9f', 'latin1'), 'name is not UTF-8'],
    ['a surrogate in UTF-8', Buffer.from('1,\xed\xa0\x80', 'latin1'), 'name is not UTF-8'],
  ])('%s is reported, and the next row is read', async ([, row, fault]) => {
    expect(await readTable('id,name\n', row, '\n2,b\n')).toEqual([
      { line: 2, fault },
      { line: 3, value: { id: 2, name: 'b' } },
    ]);
  });

  test.for<[string, string | Buffer, number, RegExp]>([
    [
      'a quote that is not closed',
      'id,name\n\n1,"a\n2,b\n',
      3,
      /^has a quote that is not closed, so the next rows cannot be read$/,
    ],
    ['a quote within a field', 'id,name\n1,a"b"\n2,b\n', 2, /^has a quote in a field that does not begin with one, so/],
    ['text after a quoted field', 'id,name\n1,"a"b\n2,b\n', 2, /^has text after a quoted field, so/],
    [
      'a row that is too long',
      `id,name\n1,${'x'.repeat(1024 * 1024 + 1)}\n`,
      2,
      /^is longer than 1048576 bytes, or has a quote that is not closed, so/,
    ],
    ['a repeated column', 'id,name,id\n1,a,2\n', 1, /^has the column "id" twice$/],
    ['an unknown column', '\nid,__proto__\n1,a\n', 2, /^has an unknown column "__proto__"$/],
    [
      'a column name with control characters',
      'id,\u001b[2J\u009b\n1,a\n',
      1,
      /^has an unknown column "\ufffd\[2J\ufffd"$/,
    ],
    ['an empty column name', 'id,\n1,a\n', 1, /^has an unknown column ""$/],
    [
      'a file without column names',
      '1,jane@example.com\n',
      1,
      /^must contain column names separated by commas, such as id,name,note$/,
    ],
    ['another separator', 'id;name\n1;a\n', 1, /^must contain column names/],
    ['an empty file', '', 1, /^contains no column names$/],
    ['a byte order mark only', '\ufeff', 1, /^contains no column names$/],
  ])('%s ends the file', async ([, file, line, fault]) => {
    const records = await readTable(file);
    expect(records).toEqual([{ line, fault: expect.stringMatching(fault), isLast: true }]);
  });

  test('a file with column names only has no rows', async () => {
    expect(await readTable('id,name')).toEqual([]);
  });
});

const UTF16 = [
  utf16('\ufeffid,name\n'),
  utf16('\ufeff{"id":1}\n').swap16(),
  utf16('id,name\n'),
  utf16('{"id":1}').swap16(),
];

test('a file that is UTF-16 is refused as a whole, with and without a byte order mark', async () => {
  const refused = [{ line: 1, fault: 'is not UTF-8. Save the file as UTF-8', isLast: true }];
  for (const file of UTF16) {
    expect(await readTable(file)).toEqual(refused);
    expect(await readJson(file)).toEqual(refused);
    expect(await collect(readNdjson(split(file)))).toEqual(refused);
  }
});

test('no number of a CSV or NDJSON file is rounded to one that a customer can have', async () => {
  const parse = await createCustomerParser();
  const accepts = (record: SourceRecord | undefined) => {
    if (!record || 'fault' in record) return undefined;
    try {
      return parse(createCustomer(1, { total_contract_value: (record.value as { id: unknown }).id })).values;
    } catch (error) {
      if (error instanceof InvalidCustomerError) return undefined;
      throw error;
    }
  };
  for (const number of [
    '9007199254740993',
    '9007199254740992',
    '-9007199254740992',
    `1${'0'.repeat(400)}`,
    '1e400',
    '0.5',
  ]) {
    expect(accepts((await readTable(`id\n${number}\n`))[0]), number).toBeUndefined();
    expect(accepts((await readJson(`{"id":${number}}`))[0]), number).toBeUndefined();
  }
  for (const number of ['9007199254740991', '-9007199254740991', '0', '12']) {
    expect(accepts((await readTable(`id\n${number}\n`))[0])?.total_contract_value).toBe(Number(number));
    expect(accepts((await readJson(`{"id":${number}}`))[0])?.total_contract_value).toBe(Number(number));
  }
});
