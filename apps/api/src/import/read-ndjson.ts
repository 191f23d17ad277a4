import { TextDecoder } from 'node:util';
import type { SourceRecord } from './record.ts';

// Far longer than any customer. The limit keeps a file without line breaks from filling the memory.
const MAX_LINE_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** Reads one JSON value per line. Skips empty lines. */
export async function* readNdjson(input: AsyncIterable<Buffer>): AsyncGenerator<SourceRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const { line, bytes } of splitLines(input)) {
    if (bytes === undefined) yield { line, fault: `is longer than ${MAX_LINE_BYTES} bytes` };
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
