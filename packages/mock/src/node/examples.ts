import { createLocateFunction } from '@firstofficer/openapi';
import { copyAsJson, listExamples } from '../engine/examples/example-list.ts';
import type { ExampleItem } from '../engine/examples/own-examples.ts';
import { formatFaults } from '../engine/format-faults.ts';
import { parseJson } from '../engine/json.ts';
import { isLossless } from './lossless-json.ts';
import { listItemNodes, parseYaml, type TextFault } from './parse-yaml.ts';
import { readTextFile } from './text-file.ts';

/** Own examples: a list, or the path of a file that contains them. */
export type ExampleSource = readonly object[] | string | URL;

/**
 * Reads a list of own examples. A file is NDJSON (one JSON object per line), or a list in JSON or YAML.
 *
 * @throws Error that lists the first faults, if the list cannot be read.
 */
export async function loadExamples(source: ExampleSource): Promise<readonly ExampleItem[]> {
  if (typeof source === 'string' || source instanceof URL) return readExampleFile(source);
  return listExamples(source);
}

async function readExampleFile(location: string | URL): Promise<readonly ExampleItem[]> {
  const { file, text } = await readTextFile(location, 'examples');
  if (text.trim() === '') throw createEmptyError(file);
  const value = parseJson(text);
  if (value !== undefined && isLossless(text, value)) return toItems(file, text, value);
  // Neither character can begin a line of NDJSON.
  const isYaml = value !== undefined || /\.ya?ml$/i.test(file) || /^\s*[[#%-]/.test(text);
  return isYaml ? readYaml(file, text) : readLines(file, text);
}

function createEmptyError(file: string): Error {
  return new Error(`${file} contains no examples. Write one example per line, or a list.`);
}

/** Returns the items of a list. A value that is no list is an item. */
function toItems(file: string, text: string, value: unknown): ExampleItem[] {
  const list = Array.isArray(value) ? value : [value];
  const locateIn = createLocateFunction({ name: file, text }, list);
  return list.map((item: unknown, index) => ({
    value: item,
    locate(...members) {
      const path = Array.isArray(value) ? [String(index), ...members] : members;
      return `${file}:${locateIn(list, ...path).line}`;
    },
  }));
}

function readLines(file: string, text: string): ExampleItem[] {
  const items = text.split('\n').flatMap((line, index): ExampleItem[] => {
    if (line.trim() === '') return [];
    const locate = () => `${file}:${index + 1}`;
    const value = parseJson(line);
    if (value === undefined) return [{ value, locate, faults: [`${locate()}: is not valid JSON`] }];
    const faults = isLossless(line, value) ? [] : parseYaml(line).faults;
    return [{ value, locate, faults: faults.map(({ message }) => `${locate()}: ${message}`) }];
  });
  if (items.some(({ value }) => value !== undefined)) return items;
  throw new Error(`${file} is not NDJSON. Write one JSON object per line, or a list in JSON or YAML.`);
}

function readYaml(file: string, text: string): ExampleItem[] {
  const { value: parsed, document, faults } = parseYaml(text);
  const format = ({ line, message }: TextFault) => `${file}:${line}: ${message}`;
  if (faults.some(({ isFatal }) => isFatal)) throw new Error(formatFaults('examples', faults.map(format)));
  const value = copyAsJson(parsed, () => file);
  if (value === null) throw createEmptyError(file);
  const items = toItems(file, text, value);
  if (faults.length === 0) return items;
  const starts = listItemNodes(document).map(({ range }) => range?.[0] ?? 0);
  const byItem = Map.groupBy(faults, ({ offset }) => starts.findLastIndex((start) => start <= offset));
  return items.map((item, index) => ({ ...item, faults: (byItem.get(index) ?? []).map(format) }));
}
