import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { SourceRecord } from './record.ts';

interface Row {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
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

function toRecord(record: Row['record'], line: number, integers: readonly string[]): SourceRecord {
  const value: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(record)) {
    // The parser puts it in place of what is not UTF-8.
    if (field.includes('\ufffd')) return { line, fault: `${name} is not UTF-8` };
    value[name] =
      integers.includes(name) && /^-?(0|[1-9]\d*)$/.test(field) ? Number(field) : field === '' ? null : field;
  }
  return { line, value };
}
