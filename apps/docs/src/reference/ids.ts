/**
 * Returns a function that makes the IDs of a page unique. Redoc gives a header and a member of the same name the same ID:
 * the first one keeps it.
 *
 * @example
 * const toUniqueId = createUniqueIds();
 * [toUniqueId('etag'), toUniqueId('etag')]; // ['etag', 'etag-2']
 */
export function createUniqueIds(): (id: string) => string {
  const counts = new Map<string, number>();
  return (id) => {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  };
}
