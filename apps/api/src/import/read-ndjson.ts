import { TextDecoder } from 'node:util';
import type { SourceRecord } from './record.ts';

// Far beyond any customer: a file without line breaks must not end up in memory.
const LONGEST_LINE = 1024 * 1024;
const NEWLINE = 0x0a;

/** Reads JSON values, one to a line. Empty lines are passed over. */
export async function* readNdjson(input: AsyncIterable<Buffer>): AsyncGenerator<SourceRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const { line, bytes } of lines(input)) {
    if (bytes === undefined) yield { line, fault: `is longer than ${LONGEST_LINE} bytes` };
    else {
      const record = parse(line, bytes, decoder);
      if (record) yield record;
    }
  }
}

function parse(line: number, bytes: Buffer, decoder: TextDecoder): SourceRecord | undefined {
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
    return { line, fault: 'is not JSON' };
  }
}

/** Splits bytes at line feeds: a character of several bytes may be spread over two chunks. */
async function* lines(input: AsyncIterable<Buffer>): AsyncGenerator<{ line: number; bytes: Buffer | undefined }> {
  let line = 1;
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const part = chunk.subarray(start, end);
      yield { line, bytes: length + part.length > LONGEST_LINE ? undefined : Buffer.concat([...rest, part]) };
      line += 1;
      start = end + 1;
      rest = [];
      length = 0;
    }
    const part = chunk.subarray(start);
    length += part.length;
    if (length <= LONGEST_LINE) rest.push(part);
    else rest = [];
  }
  if (length > 0) yield { line, bytes: length > LONGEST_LINE ? undefined : Buffer.concat(rest) };
}
