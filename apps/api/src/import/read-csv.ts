import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { SourceRecord } from './record.ts';

interface Row {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number; readonly columns: readonly { readonly name: string }[] };
}

/**
 * Reads the rows of a CSV file whose first row names the members. An empty field is null.
 *
 * @param integers - The members whose fields are written as integers.
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
      const twice = line === 1 ? repeated(info.columns.map(({ name }) => name)) : undefined;
      if (twice !== undefined) return yield { line, fault: `names ${twice} twice; what follows is not read` };
      line = info.lines;
      yield toRecord(record, line, integers);
    }
  } catch (error) {
    // After a row that cannot be told from the next, nothing that follows is to be trusted.
    const { code = '', lines } = error as { code?: string; lines?: number };
    if (!code.startsWith('CSV_')) throw error;
    yield { line: lines ?? line + 1, fault: `is not CSV (${code}); what follows is not read` };
  }
}

function repeated(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) < index);
}

function toRecord(record: Row['record'], line: number, integers: readonly string[]): SourceRecord {
  const fields = Object.entries(record);
  // The parser puts it in place of what is not UTF-8.
  const garbled = fields.find(([, field]) => field.includes('\ufffd'));
  if (garbled) return { line, fault: `${garbled[0]} is not UTF-8` };
  // Not by assignment: a column may be called __proto__.
  return {
    line,
    value: Object.fromEntries(fields.map(([name, field]) => [name, fieldValue(field, integers.includes(name))])),
  };
}

function fieldValue(field: string, isInteger: boolean): string | number | null {
  if (isInteger && /^-?(0|[1-9]\d*)$/.test(field)) return Number(field);
  return field === '' ? null : field;
}
