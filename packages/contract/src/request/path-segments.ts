/** A parameter value that no resource has. */
export const MISSING_VALUE = 'no-such-thing';

interface EquivalentSegment {
  readonly name: string;
  readonly segment: string;
  /**
   * Whether the URLs are equivalent by RFC 3986, 6.2.2. They are not if a delimiter such as `+` is encoded in only one of
   * them, although most servers decode both to the same value.
   */
  readonly isSameUrl: boolean;
}

/** Returns path segments that decode to the same value as `encodeURIComponent(value)`, but are encoded differently. */
export function createEquivalentSegments(value: string): EquivalentSegment[] {
  const usual = encodeURIComponent(value);
  const everything = [...Buffer.from(value)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
  const segments = [
    { name: 'all characters encoded, with upper-case digits', segment: everything },
    { name: 'all characters encoded, with lower-case digits', segment: everything.toLowerCase() },
    { name: 'lower-case digits', segment: usual.replaceAll(/%../g, (byte) => byte.toLowerCase()) },
    // RFC 3986 allows these characters unencoded in a segment.
    {
      name: 'only the necessary characters encoded',
      segment: usual.replaceAll(/%(40|3A|2B|24|26|2C|3B|3D)/g, decodeURIComponent),
    },
    {
      name: 'sub-delimiters encoded',
      segment: usual.replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
    },
  ];
  const sent = new Set([usual]);
  return segments
    .filter(({ segment }) => !sent.has(segment) && sent.add(segment))
    .map(({ name, segment }) => ({ name, segment, isSameUrl: normalize(segment) === normalize(usual) }));
}

/** Normalizes percent-encoding: upper-case digits, and unreserved characters decoded (RFC 3986, 6.2.2). */
function normalize(segment: string): string {
  return segment.replaceAll(/%../g, (byte) => {
    const character = String.fromCharCode(Number.parseInt(byte.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : byte.toUpperCase();
  });
}

/** Path segments that are not percent-encoded UTF-8 and therefore cannot be decoded. */
export const MALFORMED_SEGMENTS: Readonly<Record<string, string>> = {
  'a percent sign alone': '%',
  'truncated percent-encoding': '%4',
  'percent-encoding without a number': '%ZZ',
  'a lone continuation byte': '%80',
  'a byte that is invalid in UTF-8': '%FF',
  'a truncated character': '%C3',
  'an overlong encoding of a slash': '%C0%AF',
  'a surrogate': '%ED%A0%80',
  'a code point beyond Unicode': '%F4%90%80%80',
  'a JavaScript escape': '%u00e4',
};
