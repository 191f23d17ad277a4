import {
  createRawRequest,
  createRequest,
  EMAIL,
  type FaultGroup,
  type FaultyServer,
  foundBy,
  STRIPE_ID,
} from '../fault.ts';
import { CORRECT } from '../server/correct.ts';
import { changeAnswers, createSuccess } from '../variants.ts';

const { decode, getSegment } = CORRECT;

/** Returns a server that accepts other identifiers. A request for `identifier` triggers its fault. */
function accepts(identifier: string, isAccepted: (identifier: string) => boolean): FaultyServer {
  return { variant: { isValid: isAccepted }, triggeredBy: createRequest(identifier) };
}

/** Returns a server that rejects some valid identifiers. */
function rejects(identifier: string, isRejected: (identifier: string) => boolean): FaultyServer {
  return accepts(identifier, (wanted) => CORRECT.isValid(wanted) && !isRejected(wanted));
}

/** Returns a server that decodes path segments differently. */
function decodes(segment: string, change: (segment: string) => string | undefined): FaultyServer {
  return { variant: { decode: change }, triggeredBy: createRawRequest(segment) };
}

/** Returns a server that replaces matches in a segment before it decodes the segment. */
const replacesEncoded = (segment: string, pattern: RegExp, replacement: string) =>
  decodes(segment, (received) => decode(received.replaceAll(pattern, replacement)));

/** Returns a server that replaces matches in a segment after it decodes the segment. */
const replacesDecoded = (identifier: string, pattern: RegExp, replacement: string) =>
  decodes(encodeURIComponent(identifier), (received) => decode(received)?.replaceAll(pattern, replacement));

/** Returns a server that rejects segments that match. */
const rejectsSegment = (segment: string, pattern: RegExp) =>
  decodes(segment, (received) => (pattern.test(received) ? undefined : decode(received)));

const ENCODED_EMAIL = encodeURIComponent(EMAIL);
const TWICE_ENCODED_EMAIL = encodeURIComponent(ENCODED_EMAIL);
// Extra IDs of demanding customers.
const WITH_SLASH = 'Büro 1/2 – 東京 🦆';
const WITH_PUNCTUATION = '100%25 & more?#;';

export const decoding: FaultGroup = {
  name: 'decoding of identifiers',
  faults: [
    ...foundBy('example_conformance', {
      'looks up an empty identifier': accepts('', (identifier) => identifier === '' || CORRECT.isValid(identifier)),
      'does not decode segments': decodes(ENCODED_EMAIL, (segment) =>
        decode(segment) === undefined ? undefined : segment,
      ),
      'decodes %2B as a space': replacesDecoded(EMAIL, /\+/g, ' '),
      'rejects an encoded @': rejectsSegment(ENCODED_EMAIL, /%40/),
    }),
    ...foundBy('negative_data_rejection', {
      'looks up an identifier of 1,025 characters': accepts(
        'x'.repeat(1025),
        (identifier) => [...identifier].length <= 1025 && identifier !== '',
      ),
      'looks up an identifier of any length': accepts('x'.repeat(5000), (identifier) => identifier !== ''),
      'counts the length of an identifier in graphemes': accepts(
        'e\u0301'.repeat(1000),
        (identifier) => identifier !== '' && [...new Intl.Segmenter().segment(identifier)].length <= 1024,
      ),
      'does not decode invalid percent-encoding': decodes('%ZZ', (segment) => decode(segment) ?? segment),
      'does not decode incomplete percent-encoding': decodes(
        'cus%4',
        (segment) => decode(segment) ?? (/%.?$/.test(segment) ? segment : undefined),
      ),
      'accepts a percent sign at the end': replacesEncoded('100%', /%$/g, '%25'),
      'replaces invalid UTF-8 by U+FFFD': decodes(
        '%FF',
        (segment) => decode(segment) ?? (/%[^0-9a-f]|%.?$/i.test(segment) ? undefined : '\ufffd'),
      ),
      'removes invalid UTF-8': replacesEncoded(`${STRIPE_ID}%FF`, /%f[f-]/gi, ''),
      'decodes invalid UTF-8 as ISO 8859-1': decodes(
        '%E4',
        (segment) => decode(segment) ?? (/%(?![0-9a-f]{2})/i.test(segment) ? undefined : unescape(segment)),
      ),
      'accepts overlong UTF-8': replacesEncoded('%C0%AF', /%c0%af/gi, '%2F'),
      'accepts surrogates in UTF-8': replacesEncoded('%ED%A0%80', /%ed%[ab][0-9a-f]%[89ab][0-9a-f]/gi, '%EF%BF%BD'),
      'accepts UTF-8 above U+10FFFF': replacesEncoded('%F4%90%80%80', /%f4%90%80%80/gi, '%EF%BF%BD'),
      'accepts incomplete UTF-8': replacesEncoded('cus_1%C3', /%c3$/gi, ''),
      'decodes %u, as unescape in JavaScript does': replacesEncoded('%u00e4', /%u00e4/gi, '%C3%A4'),
    }),
    ...foundBy('positive_data_acceptance', {
      'rejects an identifier of one character': rejects('x', (identifier) => identifier.length <= 1),
      'rejects control characters': rejects('a\nb', (identifier) => /\p{Cc}/u.test(identifier)),
      'rejects an emoji': rejects('🦆', (identifier) => /[\u{10000}-\u{10ffff}]/u.test(identifier)),
      'rejects non-ASCII characters': rejects('ä', (identifier) => /\P{ASCII}/u.test(identifier)),
      'rejects a space': rejects('a b', (identifier) => identifier.includes(' ')),
      'rejects a slash': rejects('a/b', (identifier) => identifier.includes('/')),
      'rejects a percent sign': rejects('100%', (identifier) => identifier.includes('%')),
      'rejects an apostrophe': rejects("o'brien", (identifier) => identifier.includes("'")),
      'rejects a malformed email address': rejects(
        'jane@',
        (identifier) => identifier.includes('@') && !/^\S+@\S+\.\w+$/.test(identifier),
      ),
      'rejects an encoded slash': rejectsSegment('a%2Fb', /%2f/i),
    }),
    ...foundBy('exact_match', {
      'rejects an identifier of 1,024 characters': rejects(
        'x'.repeat(1024),
        (identifier) => [...identifier].length === 1024,
      ),
      'rejects an identifier of more than 255 characters': rejects(
        'x'.repeat(256),
        (identifier) => identifier.length > 255,
      ),
      'counts the length of an identifier in bytes': rejects(
        'ä'.repeat(1000),
        (identifier) => Buffer.byteLength(identifier) > 1024,
      ),
      'counts the length of an identifier in UTF-16 code units': {
        ...rejects('🦆'.repeat(1000), (identifier) => identifier.length > 1024),
        severity: 'note',
      },
      'counts the length of an identifier before it is decoded': {
        variant: { decode: (segment) => (segment.length > 1024 ? undefined : decode(segment)) },
        triggeredBy: createRequest('ä'.repeat(200)),
      },
      'rejects a NUL': rejects('cus\0', (identifier) => identifier.includes('\0')),
      'rejects a malformed Stripe ID': rejects(
        'cus_1',
        (identifier) => identifier.startsWith('cus_') && !/^cus_\w{8,}$/.test(identifier),
      ),
      'rejects a number above 31 bits': rejects('4294967296', (identifier) => Number(identifier) >= 2 ** 31),
      'rejects white space': rejects(' ', (identifier) => identifier.trim() === ''),
      'rejects the identifier 0': rejects('0', (identifier) => identifier === '0'),
      'decodes segments twice': decodes(TWICE_ENCODED_EMAIL, (segment) => decode(decode(segment) ?? '%')),
      'decodes segments twice if possible': decodes(TWICE_ENCODED_EMAIL, (segment) => {
        const once = decode(segment);
        return once === undefined ? undefined : (decode(once) ?? once);
      }),
      'resolves encoded dot segments': {
        variant: {
          getSegment: (path) => getSegment(path.replaceAll(/[^/]+\/(\.|%2e){2}\//gi, '')) ?? getSegment(path),
          decode: (segment) => decode(segment)?.replace(/^.*\/\.\.\//, ''),
        },
        triggeredBy: createRawRequest(`x%2F..%2F${STRIPE_ID}`),
      },
      'removes a dot segment before the identifier': decodes(`.%2F${STRIPE_ID}`, (segment) =>
        decode(segment)?.replace(/^\.\//, ''),
      ),
      'resolves the identifier .. as a path': {
        variant: changeAnswers(
          ({ status }, { path }) => status === 404 && /\/(\.|%2e){2}$/i.test(path),
          createSuccess({}),
        ),
        triggeredBy: createRawRequest('%2E%2E'),
      },
    }),
    ...foundBy('path_encoding', {
      'does not decode percent-encoding in lower case': replacesEncoded(
        ENCODED_EMAIL.replaceAll(/%../g, (hex) => hex.toLowerCase()),
        /%(?=[0-9]?[a-f])/g,
        '%25',
      ),
      'does not decode percent-encoded letters': replacesEncoded(
        STRIPE_ID.replace('c', '%63'),
        /%(?=[4-7][0-9a-f])(?!40|5b|5c|5d|5e|60|7b|7c|7d)/gi,
        '%25',
      ),
    }),
    ...foundBy('same_customer', {
      'decodes a plus sign as a space': replacesEncoded(EMAIL.replace('@', '%40'), /\+/g, ' '),
      'rejects an @ that is not encoded': rejectsSegment(EMAIL.replace('+', '%2B'), /@/),
    }),
    ...foundBy('response_schema_conformance', {
      'splits the path at an encoded slash': {
        variant: {
          getSegment: (path) => getSegment(path.replaceAll(/%2f/gi, '/')),
          ...changeAnswers(({ status }, { path }) => status === 404 && /%2f/i.test(path), {
            body: { error: 'Not Found' },
          }),
        },
        triggeredBy: createRequest('a/b'),
      },
    }),
    ...foundBy(
      'same_customer',
      {
        'decodes non-ASCII characters as ISO 8859-1': decodes(encodeURIComponent('caf\u00e9'), (segment) =>
          decode(segment) === undefined ? undefined : unescape(segment),
        ),
        'does not decode an encoded slash': replacesEncoded(encodeURIComponent(WITH_SLASH), /%2f/gi, '%252F'),
        'escapes & as an HTML entity': replacesDecoded(WITH_PUNCTUATION, /&/g, '&amp;'),
        'starts a query at an encoded question mark': replacesDecoded(WITH_PUNCTUATION, /\?.*$/gs, ''),
        'decodes a space as a plus sign': replacesDecoded('a b', / /g, '+'),
      },
      { onlyKnownCustomers: true },
    ),
    ...foundBy(
      'exact_match',
      {
        'merges two encoded slashes': replacesDecoded(WITH_SLASH.replace('/', '//'), /\/\//g, '/'),
        'decodes a backslash as a slash': replacesDecoded(WITH_SLASH.replace('/', '\\'), /\\/g, '/'),
      },
      { onlyKnownCustomers: true },
    ),
  ],
};
