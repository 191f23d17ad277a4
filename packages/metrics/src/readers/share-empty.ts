/** An empty list that many facts share, because there may be millions of them. */
export const NONE: readonly never[] = [];

/** Returns the list, or the shared empty list. */
export function shareEmpty<T>(list: readonly T[] | undefined): readonly T[] {
  return list === undefined || list.length === 0 ? NONE : list;
}
