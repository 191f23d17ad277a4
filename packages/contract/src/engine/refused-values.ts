/** Path segments that are no percent-encoding of UTF-8, so that they have no value at all. */
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
