import { TextDecoder } from 'node:util';
import { endAtUnreadable, MAX_LINE_BYTES, quoteName, readUtf8, type SourceRecord } from './read-records.ts';

const NEWLINE = 0x0a;

/** Reads one JSON value per line. Skips empty lines. Reports lines that are longer than `maxBytes`. */
export function readNdjson(input: AsyncIterable<Buffer>, maxBytes = MAX_LINE_BYTES): AsyncGenerator<SourceRecord> {
  return endAtUnreadable(readLines(readUtf8(input), maxBytes));
}

async function* readLines(input: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<SourceRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const { line, bytes } of splitLines(input, maxBytes)) {
    if (bytes === undefined) yield { line, fault: `is longer than ${maxBytes} bytes` };
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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, fault: 'is not valid JSON' };
  }
  const fault = isObject(value) && mayLoseValues(text, value) && isFlat(value) ? findLostValue(text) : undefined;
  return fault === undefined ? { line, value } : { line, fault };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Returns whether an object contains no other objects, as every customer. */
function isFlat(value: object): boolean {
  return !Array.isArray(value) && !Object.values(value).some(isObject);
}

// A number that JSON.parse may round to an integer. It never rounds an integer to another one that a customer may have.
const FRACTION = /:\s*-?\d+[.eE]/;

/** Returns whether JSON.parse may have dropped a property or rounded a number. This check is fast. */
function mayLoseValues(text: string, value: object): boolean {
  let colons = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons += 1;
  return colons !== Object.keys(value).length || FRACTION.test(text);
}

// Each match is a whole string, and outside of strings there are no quotes. A string before a colon is a name.
const STRINGS = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:\s*(-?\d[\d.eE+-]*)?)?/g;

/** Returns why JSON.parse dropped or rounded a value of a JSON object, or undefined if it did not. */
function findLostValue(text: string): string | undefined {
  const names = new Set<string>();
  for (const [, source = '', colon, number] of text.matchAll(STRINGS)) {
    if (colon === undefined) continue;
    const name = String(JSON.parse(`"${source}"`));
    if (names.has(name)) return `has the property ${quoteName(name)} twice`;
    names.add(name);
    if (number !== undefined && isRounded(number)) return `${quoteName(name)} must be integer`;
  }
  return undefined;
}

/** Returns whether a JSON number has a fraction that a double cannot hold, so that it became an integer. */
function isRounded(source: string): boolean {
  if (!Number.isInteger(Number(source))) return false;
  const [, digits = '', decimals = '', exponent = '0'] = /^-?(\d+)(?:\.(\d*))?(?:[eE](.+))?$/.exec(source) ?? [];
  const significant = (digits + decimals).replace(/0+$/, '');
  const dropped = digits.length + decimals.length - significant.length;
  return /[1-9]/.test(significant) && Number(exponent) - decimals.length + dropped < 0;
}

/** Splits bytes, not text, at line feeds, because a character may be split across two chunks. */
async function* splitLines(
  input: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<{ line: number; bytes: Buffer | undefined }> {
  let line = 1;
  let rest: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const part = chunk.subarray(start, end);
      yield { line, bytes: length + part.length > maxBytes ? undefined : Buffer.concat([...rest, part]) };
      line += 1;
      start = end + 1;
      rest = [];
      length = 0;
    }
    const part = chunk.subarray(start);
    length += part.length;
    if (length <= maxBytes) rest.push(part);
    else rest = [];
  }
  if (length > 0) yield { line, bytes: length > maxBytes ? undefined : Buffer.concat(rest) };
}
