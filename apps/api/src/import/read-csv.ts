import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { SourceRecord } from './record.ts';

interface Row {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number; readonly columns: readonly { readonly name: string }[] };
}

/**
 * Reads the rows of a CSV file whose first row contains the column names. An empty field is null.
 *
 * @param integers - The columns whose fields are parsed as integers.
 */
export async function* readCsv(
  input: AsyncIterable<Buffer>,
  integers: readonly string[],
): AsyncGenerator<SourceRecord> {
  const parser = Readable.from(input).compose(
    parse({ bom: true, columns: true, info: true, skip_empty_lines: true, max_record_size: 1024 * 1024 }),
  ) as AsyncIterable<Row>;
  let line = 1;
  try {
    for await (const { record, info } of parser) {
      const duplicate = line === 1 ? findDuplicate(info.columns.map(({ name }) => name)) : undefined;
      if (duplicate !== undefined)
        return yield { line, fault: `has the column ${duplicate} twice; the rows are not read` };
      line = info.lines;
      yield toRecord(record, line, integers);
    }
  } catch (error) {
    // The end of a malformed row is unknown, so the rows after it cannot be read.
    const { code = '', lines } = error as { code?: string; lines?: number };
    if (!code.startsWith('CSV_')) throw error;
    yield { line: lines ?? line + 1, fault: `is not valid CSV (${code}); the rows after it are not read` };
  }
}

function findDuplicate(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) < index);
}

function toRecord(record: Row['record'], line: number, integers: readonly string[]): SourceRecord {
  const fields = Object.entries(record);
  // The parser replaces bytes that are not UTF-8 by this character.
  const invalid = fields.find(([, field]) => field.includes('\ufffd'));
  if (invalid) return { line, fault: `${invalid[0]} is not UTF-8` };
  // An assignment would not create a property for a column named __proto__.
  return {
    line,
    value: Object.fromEntries(fields.map(([name, field]) => [name, parseField(field, integers.includes(name))])),
  };
}

function parseField(field: string, isInteger: boolean): string | number | null {
  if (isInteger && /^-?(0|[1-9]\d*)$/.test(field)) return Number(field);
  return field === '' ? null : field;
}
