import { isDeepStrictEqual } from 'node:util';
import { isObject } from './objects.ts';
import { NOUNS } from './places.ts';

/** A difference between two documents, as deep in them as possible. */
export interface Difference {
  /** The names and indexes that lead to the value: in the second document if it has the value, else in the first. */
  readonly path: readonly string[];
  /** The value in the first document, or undefined if it has none. */
  readonly before: unknown;
  /** The value in the second document, or undefined if it has none. */
  readonly after: unknown;
}

/** Returns the differences between two values. Lists are compared as a whole, except those whose items have a name. */
export function findDifferences(first: unknown, second: unknown, path: readonly string[] = []): Difference[] {
  if (isDeepStrictEqual(first, second)) return [];
  const [before, after] = [first ?? createEmpty(second, path), second ?? createEmpty(first, path)];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => findDifferences(before[name], after[name], [...path, name]));
  }
  if (Array.isArray(before) && Array.isArray(after) && LISTS_OF_OBJECTS.has(path.at(-1) ?? '')) {
    return matchItems(before, after).flatMap(({ index, items: [first, second] }) =>
      findDifferences(first, second, [...path, String(index)]),
    );
  }
  return [{ path, before, after }];
}

/** Returns an empty map or list if a whole map or list of named things is missing: then each of them is missing. */
function createEmpty(other: unknown, path: readonly string[]): unknown {
  const keyword = path.at(-1) ?? '';
  const isMember = path.at(-2) === 'properties';
  if (isMember || !(keyword in NOUNS || keyword === 'components')) return undefined;
  if (Array.isArray(other)) return LISTS_OF_OBJECTS.has(keyword) ? [] : undefined;
  return {};
}

/** The lists whose items are compared with each other. */
const LISTS_OF_OBJECTS = new Set(['parameters', 'tags', 'servers', 'allOf', 'anyOf', 'oneOf']);

interface Match {
  /** The index in the second list, or in the first one if the second has no such item. */
  readonly index: number;
  readonly items: readonly [unknown, unknown];
}

/** Matches the items of two lists by name, and items without a name by index. */
function matchItems(before: readonly unknown[], after: readonly unknown[]): Match[] {
  const keysBefore = before.map(getKey);
  const keysAfter = after.map(getKey);
  return [
    ...after.map((item, index) => ({
      index,
      items: [before[keysBefore.indexOf(keysAfter[index] ?? '')], item] as const,
    })),
    ...before.flatMap((item, index) =>
      keysAfter.includes(keysBefore[index] ?? '') ? [] : [{ index, items: [item, undefined] as const }],
    ),
  ];
}

function getKey(item: unknown, index: number): string {
  const { $ref, name, in: location } = isObject(item) ? item : {};
  return String($ref ?? (typeof name === 'string' ? `${location} ${name}` : index));
}
