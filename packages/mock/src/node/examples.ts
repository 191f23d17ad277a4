import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { TextDecoder } from 'node:util';
import { createLocateFunction } from '@firstofficer/openapi';
import { type Document, isPair, LineCounter, parseDocument, visit } from 'yaml';
import { type ExampleItem, formatExampleFaults } from '../engine/own-examples.ts';

/** Own examples: a list, or the path of a file that contains them. */
export type ExampleSource = readonly object[] | string | URL;

/**
 * Reads a list of own examples. A file is NDJSON (one JSON object per line), or a list in JSON or YAML.
 *
 * @throws Error that lists every fault, if the list cannot be read.
 */
export async function loadExamples(source: ExampleSource): Promise<readonly ExampleItem[]> {
  if (typeof source === 'string' || source instanceof URL) return readExampleFile(source);
  if (!Array.isArray(source)) throw new Error('examples must be a list, or the path of a file.');
  return source.map((value: unknown, index) => {
    const locate = () => `examples[${index}]`;
    return { value: copyAsJson(value, locate), locate };
  });
}

/** Returns the value as it would be after it is sent. Later changes to the original have no effect. */
function copyAsJson(value: unknown, locate: () => string): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null');
  } catch (error) {
    throw new Error(formatExampleFaults([`${locate()}: cannot be sent as JSON (${(error as Error).message})`]));
  }
}

async function readExampleFile(location: string | URL): Promise<readonly ExampleItem[]> {
  const file = location instanceof URL && location.protocol === 'file:' ? fileURLToPath(location) : String(location);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(`cannot read the examples in ${file} (${error.code}). Check the path.`);
  });
  const text = decode(file, bytes);
  if (text.trim() === '') throw new Error(`${file} contains no examples. Write one example per line, or a list.`);
  const value = parseJson(text);
  if (value !== undefined && isLossless(text, value)) return toItems(file, text, value);
  // Neither character can begin a line of NDJSON.
  const isYaml = value !== undefined || /\.ya?ml$/i.test(file) || /^\s*[[#%-]/.test(text);
  return isYaml ? readYaml(file, text) : readLines(file, text);
}

function decode(file: string, bytes: Buffer): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const text = decoder.decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // The message is the same as for UTF-16 without a byte order mark.
  }
  const line = bytes
    .toString('latin1')
    .split('\n')
    .findIndex((part) => !isUtf8(Buffer.from(part, 'latin1')));
  throw new Error(formatExampleFaults([`${file}:${line + 1}: is not UTF-8. Save the file as UTF-8`]));
}

function isUtf8(bytes: Buffer): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}

/** Returns the items of a list. A value that is no list is an item. */
function toItems(file: string, text: string, value: unknown): ExampleItem[] {
  const list = Array.isArray(value) ? value : [value];
  // Positions are needed only for faults.
  let locateIn: ReturnType<typeof createLocateFunction> | undefined;
  return list.map((item: unknown, index) => ({
    value: item,
    locate(...members) {
      locateIn ??= createLocateFunction({ name: file, text }, list);
      const path = Array.isArray(value) ? [String(index), ...members] : members;
      return `${file}:${locateIn(list, ...path).line}`;
    },
  }));
}

function readLines(file: string, text: string): ExampleItem[] {
  const faults: string[] = [];
  const items = text.split('\n').flatMap((line, index): ExampleItem[] => {
    if (line.trim() === '') return [];
    const locate = () => `${file}:${index + 1}`;
    const value = parseJson(line);
    if (value === undefined) faults.push(`${locate()}: is not valid JSON`);
    else if (!isLossless(line, value))
      faults.push(...parseYaml(line).faults.map(({ message }) => `${locate()}: ${message}`));
    return [{ value, locate }];
  });
  if (faults.length > 0) throw new Error(formatExampleFaults(faults));
  return items;
}

function readYaml(file: string, text: string): ExampleItem[] {
  const { document, faults } = parseYaml(text);
  if (faults.length > 0) {
    throw new Error(formatExampleFaults(faults.map(({ line, message }) => `${file}:${line}: ${message}`)));
  }
  try {
    const value: unknown = JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: MAX_ALIASES })));
    if (value === null) throw new Error('there is no list');
    return toItems(file, text, value);
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new Error(`cannot read the examples in ${file} (${reason}). Write a list.`);
  }
}

// A file of 10,000 customers may use the same anchor in each of them.
const MAX_ALIASES = 100_000;

interface TextFault {
  readonly line: number;
  readonly message: string;
}

/** Parses YAML, or JSON whose faults are needed: JSON.parse reports no repeated members and no rounded numbers. */
function parseYaml(text: string): { document: Document; faults: TextFault[] } {
  const lineCounter = new LineCounter();
  // Without these options, a tag or `%YAML 1.1` would create dates and other values that JSON does not have.
  const options = { schema: 'core', resolveKnownTags: false, merge: true, prettyErrors: false } as const;
  const document = parseDocument(text, { ...options, stringKeys: true, lineCounter });
  const lineAt = (offset: number) => lineCounter.linePos(offset).line;
  const faults = [...document.errors, ...document.warnings].map(({ code, message, pos: [start] }) => ({
    line: lineAt(start),
    message:
      code === 'DUPLICATE_KEY' ? `has the property ${readName(text.slice(start))} twice` : `is not valid: ${message}`,
  }));
  visit(document, {
    Scalar(_, { value, source, range }, [...path]) {
      if (typeof value !== 'number' || source === undefined || isExact(source)) return;
      const pair = path.findLast((node) => isPair(node));
      const name = isPair(pair) ? String(pair.key) : 'a number';
      faults.push({ line: lineAt(range?.[0] ?? 0), message: `${name} would be rounded or is no number in JSON` });
    },
  });
  return { document, faults };
}

/** Returns the property name at the start of a text, in double quotes. */
function readName(text: string): string {
  const [name = ''] = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s:,{}[\]]+)/.exec(text) ?? [];
  return name.startsWith('"') ? name : JSON.stringify(name.replaceAll("'", ''));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// A string with the colon after a member name, or a number.
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d[\d.eE+-]*/g;

/** Returns whether JSON.parse kept all members and rounded no number. */
function isLossless(text: string, value: unknown): boolean {
  let members = 0;
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (colon !== undefined) members += 1;
    else if (!token.startsWith('"') && !isExact(token)) return false;
  }
  return members === countMembers(value);
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values: readonly unknown[] = Object.values(value);
  return values.reduce((sum: number, member) => sum + countMembers(member), Array.isArray(value) ? 0 : values.length);
}

/** Returns whether a number is the same in decimal after it was stored as a double. */
function isExact(source: string): boolean {
  const value = Number(source);
  if (/^0[xo]/.test(source)) return Number.isSafeInteger(value);
  return String(value) === source || (Number.isFinite(value) && toDigits(source) === toDigits(String(value)));
}

/** Returns the significant digits and the exponent of a decimal number. */
function toDigits(source: string): string {
  const [, digits = '', decimals = '', exponent = '0'] = /^[-+]?(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i.exec(source) ?? [];
  const all = (digits + decimals).replace(/^0+/, '');
  const significant = all.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${significant}e${Number(exponent) - decimals.length + all.length - significant.length}`;
}
