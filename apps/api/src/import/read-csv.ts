import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { CsvError, parse } from 'csv-parse';
import {
  endAtUnreadable,
  MAX_LINE_BYTES,
  quoteName,
  readUtf8,
  type SourceRecord,
  UnreadableFileError,
} from './read-records.ts';

/** The types of the columns that a CSV file may have, by name. */
export type ColumnTypes = Readonly<Record<string, 'integer' | 'text'>>;

interface Row {
  /** The fields. Each character stands for a byte. */
  readonly record: readonly string[];
  readonly info: { readonly empty_lines: number };
}

/**
 * Reads the rows of a CSV file whose first row contains the column names. An empty field is null. The line of a row is
 * its first one.
 */
export function readCsv(input: AsyncIterable<Buffer>, types: ColumnTypes): AsyncGenerator<SourceRecord> {
  return endAtUnreadable(readRows(input, types));
}

/** What is wrong with a row, by the code of the parser. */
const FAULTS: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'has text after a quoted field',
  CSV_MAX_RECORD_SIZE: `is longer than ${MAX_LINE_BYTES} bytes, or has a quote that is not closed`,
  CSV_QUOTE_NOT_CLOSED: 'has a quote that is not closed',
  INVALID_OPENING_QUOTE: 'has a quote in a field that does not begin with one',
};

async function* readRows(input: AsyncIterable<Buffer>, types: ColumnTypes): AsyncGenerator<SourceRecord> {
  const parser = Readable.from(readUtf8(input)).compose(
    parse({
      // The parser replaces bytes that are not UTF-8. As Latin-1, they stay, and decodeField finds them.
      encoding: 'latin1',
      info: true,
      max_record_size: MAX_LINE_BYTES,
      // By default, all rows must end like the first one.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
    }),
  ) as AsyncIterable<Row>;
  let names: readonly string[] | undefined;
  // Without the empty lines, which the parser counts.
  let line = 1;
  try {
    for await (const { record, info } of parser) {
      const first = line + info.empty_lines;
      if (names) yield toRecord(record, { line: first, names, types });
      else names = readNames(record, first, types);
      line += 1 + record.reduce((sum, field) => sum + countLineBreaks(field), 0);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { code, empty_lines: empty } = error as CsvError & { empty_lines?: number };
    // The end of a malformed row is unknown.
    throw new UnreadableFileError(
      line + (empty ?? 0),
      `${FAULTS[code] ?? `is not valid CSV (${code})`}, so the next rows cannot be read`,
    );
  }
  if (!names) throw new UnreadableFileError(1, 'contains no column names');
}

function readNames(fields: readonly string[], line: number, types: ColumnTypes): readonly string[] {
  const names = fields.map((field) => decodeField(field) ?? '');
  // The message does not contain the fields: without column names, they are the identifiers of a customer.
  if (!names.some((name) => Object.hasOwn(types, name))) {
    throw new UnreadableFileError(
      line,
      `must contain column names separated by commas, such as ${Object.keys(types).slice(0, 3)}`,
    );
  }
  const unknown = names.find((name) => !Object.hasOwn(types, name));
  if (unknown !== undefined) throw new UnreadableFileError(line, `has an unknown column ${quoteName(unknown)}`);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) throw new UnreadableFileError(line, `has the column ${quoteName(repeated)} twice`);
  return names;
}

interface RowOptions {
  readonly line: number;
  readonly names: readonly string[];
  readonly types: ColumnTypes;
}

function toRecord(fields: Row['record'], { line, names, types }: RowOptions): SourceRecord {
  if (fields.length !== names.length) return { line, fault: `has ${fields.length} fields, not ${names.length}` };
  const value: Record<string, string | number | null> = {};
  for (const [index, name] of names.entries()) {
    const field = decodeField(fields[index] ?? '');
    if (field === undefined) return { line, fault: `${name} is not UTF-8` };
    value[name] = parseField(field, types[name] === 'integer');
  }
  return { line, value };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const NOT_ASCII = /[\x80-\xff]/;

/** Decodes a field that was read as Latin-1. Returns undefined if it is not UTF-8. */
function decodeField(field: string): string | undefined {
  if (!NOT_ASCII.test(field)) return field;
  try {
    return decoder.decode(Buffer.from(field, 'latin1'));
  } catch {
    return undefined;
  }
}

function parseField(field: string, isInteger: boolean): string | number | null {
  if (isInteger && /^-?(0|[1-9]\d*)$/.test(field)) return Number(field);
  return field === '' ? null : field;
}

function countLineBreaks(field: string): number {
  return field.match(/\r\n|\n|\r/g)?.length ?? 0;
}
