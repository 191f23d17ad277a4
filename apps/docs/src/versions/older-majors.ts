/** The newest release of a major version. */
export interface Release {
  readonly major: number;
  /** Its tag, such as `v1.4.2`. */
  readonly tag: string;
}

/**
 * Returns the newest release of each major version before the current one. Ignores tags of pre-releases.
 *
 * @example
 * findOlderReleases(['v1.9.0', 'v1.10.0', 'v2.0.0'], 2); // [{ major: 1, tag: 'v1.10.0' }]
 */
export function findOlderReleases(tags: readonly string[], current: number): Release[] {
  const newest = new Map<number, { tag: string; numbers: readonly number[] }>();
  for (const tag of tags) {
    const numbers = /^v(\d+)\.(\d+)\.(\d+)$/.exec(tag)?.slice(1).map(Number);
    const major = numbers?.[0];
    if (numbers === undefined || major === undefined || major >= current) continue;
    const other = newest.get(major);
    if (other === undefined || isNewer(numbers, other.numbers)) newest.set(major, { tag, numbers });
  }
  return [...newest].map(([major, { tag }]) => ({ major, tag })).toSorted((one, other) => one.major - other.major);
}

function isNewer(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((number, index) => number !== other[index]);
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0);
}
