import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { parse } from 'csv-parse';

/** A value that was read from a line of a file, or the reason why the line cannot be read. */
export type SourceRecord =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly fault: string };

/** Returns values as records, with the line numbers 1, 2 and so on. */
export async function* toRecords(values: readonly unknown[]): AsyncGenerator<SourceRecord> {
  for (const [index, value] of values.entries()) yield { line: index + 1, value };
}

// Far longer than any customer. Without a limit, a file without line breaks would fill the memory.
const MAX_LINE_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** Reads one JSON value per line. Skips empty lines. */
export async function* readNdjson(input: AsyncIterable<Buffer>): AsyncGenerator<SourceRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const { line, bytes } of splitLines(input)) {
    if (bytes === undefined) yield { line, fault: `is longer than ${MAX_LINE_BYTES} bytes` };
    else {
      const record = parseLine(line, bytes, decoder);
      if (record) yield record;
    }
  }
}

function parseLine(line: number, bytes: Buffer, decoder: TextDecoder): SourceRecord | undefined {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { line, fault: 'is not UTF-8' };
  }
  if (text.trim() === '') return undefined;
  try {
    return { line, value: JSON.parse(text) as unknown };
  } catch {
    return { line, fault: 'is not valid JSON' };
  }
}

/** Splits bytes, not text, at line feeds, because a character may be split across two chunks. */
async function* splitLines(input: AsyncIterable<Buffer>): AsyncGenerator<{ line: number; bytes: Buffer | undefined }> {
  let line = 1;
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const part = chunk.subarray(start, end);
      yield { line, bytes: length + part.length > MAX_LINE_BYTES ? undefined : Buffer.concat([...rest, part]) };
      line += 1;
      start = end + 1;
      rest = [];
      length = 0;
    }
    const part = chunk.subarray(start);
    length += part.length;
    if (length <= MAX_LINE_BYTES) rest.push(part);
    else rest = [];
  }
  if (length > 0) yield { line, bytes: length > MAX_LINE_BYTES ? undefined : Buffer.concat(rest) };
}

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
    parse({ bom: true, columns: true, info: true, skip_empty_lines: true, max_record_size: MAX_LINE_BYTES }),
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
