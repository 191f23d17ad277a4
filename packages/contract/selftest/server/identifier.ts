import { PREFIX } from './description.ts';

const LONGEST = 1024;

/** The raw path segment that names the customer, undefined if the path is another. It may be empty. */
export function segmentOf(path: string): string | undefined {
  if (!path.startsWith(PREFIX)) return undefined;
  const segment = path.slice(PREFIX.length);
  return segment.includes('/') ? undefined : segment;
}

/** Decodes a segment once; undefined if it is not valid percent-encoding of UTF-8. */
export function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Says whether an identifier has a length that it may have, in Unicode characters. */
export function isReadable(identifier: string): boolean {
  const { length } = [...identifier];
  return length >= 1 && length <= LONGEST;
}
