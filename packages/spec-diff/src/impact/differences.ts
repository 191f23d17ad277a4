import type { Change } from '../gate/step.ts';
import { NOUNS } from './places.ts';

/** A difference between two documents. */
export interface Difference {
  /** The names and indexes that lead to the value: in the second document if it has the value, else in the first. */
  readonly path: readonly string[];
  /** The value in the first document, or undefined if it has none. */
  readonly before: unknown;
  /** The value in the second document, or undefined if it has none. */
  readonly after: unknown;
}

/**
 * Returns the differences of a change. A whole map or list of named things, such as all headers of a response, is one
 * change and has a difference for each of them.
 */
export function listDifferences({ edit }: Pick<Change, 'edit'>): Difference[] {
  if (!edit) return [];
  const { kind, base, revision, before, after } = edit;
  return split({ path: kind === 'removed' ? base : revision, before, after });
}

function split({ path, before, after }: Difference): Difference[] {
  const keyword = path.at(-1) ?? '';
  const isNamed = (keyword in NOUNS || keyword === 'components') && path.at(-2) !== 'properties';
  const value = before ?? after;
  if (!isNamed || (before !== undefined && after !== undefined) || typeof value !== 'object' || value === null) {
    return [{ path, before, after }];
  }
  return Object.entries(value).flatMap(([name, item]) =>
    split({
      path: [...path, name],
      before: before === undefined ? undefined : item,
      after: after === undefined ? undefined : item,
    }),
  );
}
