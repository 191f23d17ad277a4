/** A named path segment, sent unchanged. */
interface Segment {
  readonly name: string;
  readonly segment: string;
}

/** Returns path segments that are equivalent to `encodeURIComponent(value)`, but encoded differently. */
export function equivalentSegments(value: string): Segment[] {
  const usual = encodeURIComponent(value);
  const everything = [...Buffer.from(value)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
  const segments = [
    { name: 'everything encoded, in upper-case digits', segment: everything },
    { name: 'everything encoded, in lower-case digits', segment: everything.toLowerCase() },
    { name: 'lower-case digits', segment: usual.replaceAll(/%../g, (byte) => byte.toLowerCase()) },
    // RFC 3986 allows these characters unencoded in a segment.
    {
      name: 'no more encoded than necessary',
      segment: usual.replaceAll(/%(40|3A|2B|24|26|2C|3B|3D)/g, decodeURIComponent),
    },
    {
      name: 'its sub-delimiters encoded',
      segment: usual.replaceAll(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
    },
  ];
  const sent = new Set([usual]);
  return segments.filter(({ segment }) => !sent.has(segment) && sent.add(segment));
}

/** Path segments that are not percent-encoded UTF-8 and therefore cannot be decoded. */
export const MALFORMED_SEGMENTS: Readonly<Record<string, string>> = {
  'a percent sign alone': '%',
  'percent-encoding that is cut off': '%4',
  'percent-encoding of no number': '%ZZ',
  'a lone continuation byte': '%80',
  'a byte that UTF-8 never has': '%FF',
  'a character that is cut off': '%C3',
  'an overlong encoding of a slash': '%C0%AF',
  'a surrogate': '%ED%A0%80',
  'a code point beyond Unicode': '%F4%90%80%80',
  'an escape that only JavaScript knows': '%u00e4',
};
