import { isDeepStrictEqual } from 'node:util';
import { asObject } from '@firstofficer/openapi';
import { isObject } from '../objects.ts';
import type { Path } from './source.ts';

/** A difference between two documents: one member or element was added, removed or changed. */
export interface Edit {
  readonly kind: 'added' | 'removed' | 'changed' | 'reordered';
  /** Where the value is in the base. Where it would be, if it was added. */
  readonly base: Path;
  /** Where the value is in the revision. Where it would be, if it was removed. */
  readonly revision: Path;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * Lists the differences between two documents, each as deep in the documents as possible. The order of members has no
 * meaning, and a list of plain values is one value.
 */
export function listEdits(before: unknown, after: unknown, at: Pick<Edit, 'base' | 'revision'>): Edit[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return listElementEdits(before, after, at);
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
      const place = { base: [...at.base, name], revision: [...at.revision, name] };
      if (!Object.hasOwn(before, name)) return [{ kind: 'added', ...place, after: after[name] }] satisfies Edit[];
      if (!Object.hasOwn(after, name)) return [{ kind: 'removed', ...place, before: before[name] }] satisfies Edit[];
      return listEdits(before[name], after[name], place);
    });
  }
  return [{ kind: 'changed', ...at, before, after }];
}

function listElementEdits(
  before: readonly unknown[],
  after: readonly unknown[],
  at: Pick<Edit, 'base' | 'revision'>,
): Edit[] {
  if (![...before, ...after].every(isObject)) {
    const isSame = isDeepStrictEqual(before.map(identify).toSorted(), after.map(identify).toSorted());
    return [{ kind: isSame ? 'reordered' : 'changed', ...at, before, after }];
  }
  const pairs = pairElements(before, after);
  const edits = pairs.flatMap(([from, to]): Edit[] => {
    const place = { base: [...at.base, String(from ?? to)], revision: [...at.revision, String(to ?? from)] };
    if (from === undefined) return [{ kind: 'added', ...place, after: after[to ?? 0] }];
    if (to === undefined) return [{ kind: 'removed', ...place, before: before[from] }];
    return listEdits(before[from], after[to], place);
  });
  const kept = pairs.flatMap(([from, to]) => (from === undefined || to === undefined ? [] : [{ from, to }]));
  const isReordered = kept.some(({ from }, index) => index > 0 && from < (kept[index - 1]?.from ?? 0));
  return isReordered ? [...edits, { kind: 'reordered', ...at, before, after }] : edits;
}

type Pair = readonly [from: number | undefined, to: number | undefined];

/** Pairs the elements that are the same thing, then the remaining ones in their order. Sorted by the second list. */
function pairElements(before: readonly unknown[], after: readonly unknown[]): Pair[] {
  const unpaired = new Map([...before.entries()].map(([index, element]) => [index, identify(element)]));
  const found = after.map((element): number | undefined => {
    const [match] = [...unpaired].find(([, identity]) => identity === identify(element)) ?? [];
    if (match !== undefined) unpaired.delete(match);
    return match;
  });
  const rest = [...unpaired.keys()];
  const pairs = found.map((from, to): Pair => [from ?? rest.shift(), to]);
  return [...pairs, ...rest.map((from): Pair => [from, undefined])];
}

/** Returns a text that is the same for two elements that describe the same thing. */
function identify(element: unknown): string {
  const { $ref, in: location, name, url } = asObject(element);
  if (typeof $ref === 'string') return $ref;
  if (typeof name === 'string') return `${location} ${name}`;
  return typeof url === 'string' ? url : JSON.stringify(element);
}
