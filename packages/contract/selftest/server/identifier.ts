import { PREFIX } from './description.ts';

const LONGEST = 1024;

/** Returns the raw path segment of the customer, which may be empty, or undefined for other paths. */
export function segmentOf(path: string): string | undefined {
  if (!path.startsWith(PREFIX)) return undefined;
  const segment = path.slice(PREFIX.length);
  return segment.includes('/') ? undefined : segment;
}

/** Decodes a segment once. Returns undefined if it is not percent-encoded UTF-8. */
export function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Returns whether an identifier has a valid length in Unicode characters. */
export function isReadable(identifier: string): boolean {
  const { length } = [...identifier];
  return length >= 1 && length <= LONGEST;
}
