import type { MockResponse } from './response.ts';

/** Returns headers of which some are replaced, or removed if the new value is null. Names are case-insensitive. */
export function mergeHeaders(
  headers: MockResponse['headers'],
  changes: Readonly<Record<string, string | null>>,
): MockResponse['headers'] {
  if (Object.keys(changes).length === 0) return headers;
  const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !changed.has(name.toLowerCase()));
  const added = Object.entries(changes).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries([...kept, ...added]);
}
