import type { FaultGroup } from '../fault.ts';
import { decode, isReadable, segmentOf } from '../server/identifier.ts';
import { retrieve, retrieveRaw } from '../test-request.ts';
import { decodes, EMAIL, fault, own, reads, STRIPE_ID } from './lookup.ts';

export const decoding: FaultGroup = {
  name: 'decoding of identifiers',
  faults: [
    reads(
      'an empty identifier is looked up',
      'negative_data_rejection',
      (identifier) => identifier === '' || isReadable(identifier),
      '',
    ),
    reads(
      'an identifier of 1,024 characters is refused',
      'positive_data_acceptance',
      (identifier) => [...identifier].length < 1024 && isReadable(identifier),
      'x'.repeat(1024),
    ),
    reads(
      'an identifier of 1,025 characters is looked up',
      'negative_data_rejection',
      (identifier) => [...identifier].length <= 1025 && identifier !== '',
      'x'.repeat(1025),
    ),
    reads(
      'an identifier of any length is looked up',
      'negative_data_rejection',
      (identifier) => identifier !== '',
      'x'.repeat(5000),
    ),
    reads(
      'an identifier of more than 255 characters is refused',
      'positive_data_acceptance',
      (identifier) => identifier.length <= 255 && isReadable(identifier),
      'x'.repeat(256),
    ),
    reads(
      'the length of an identifier is counted in bytes',
      'positive_data_acceptance',
      (identifier) => Buffer.byteLength(identifier) <= 1024 && isReadable(identifier),
      'ä'.repeat(1000),
    ),
    {
      ...reads(
        'the length of an identifier is counted in UTF-16',
        'positive_data_acceptance',
        (identifier) => identifier.length >= 1 && identifier.length <= 1024,
        '🦆'.repeat(1000),
      ),
      severity: 'note',
    },
    reads(
      'the length of an identifier is counted in graphemes',
      'negative_data_rejection',
      (identifier) => identifier !== '' && [...new Intl.Segmenter().segment(identifier)].length <= 1024,
      'e\u0301'.repeat(1000),
    ),
    fault(
      'the length of an identifier is counted before it is decoded',
      'positive_data_acceptance',
      {
        decode: (segment) => (segment.length > 1024 ? undefined : decode(segment)),
      },
      retrieve('ä'.repeat(200)),
    ),
    reads(
      'an identifier of one character is refused',
      'positive_data_acceptance',
      (identifier) => identifier.length > 1 && isReadable(identifier),
      'x',
    ),
    reads(
      'an identifier with a NUL is refused',
      'positive_data_acceptance',
      (identifier) => !identifier.includes('\0') && isReadable(identifier),
      'cus\0',
    ),
    reads(
      'an identifier with control characters is refused',
      'positive_data_acceptance',
      (identifier) => !/\p{Cc}/u.test(identifier) && isReadable(identifier),
      'a\nb',
    ),
    reads(
      'an identifier with an emoji is refused',
      'positive_data_acceptance',
      (identifier) => !/[\u{10000}-\u{10ffff}]/u.test(identifier) && isReadable(identifier),
      '🦆',
    ),
    reads(
      'an identifier beyond ASCII is refused',
      'positive_data_acceptance',
      (identifier) => /^\p{ASCII}*$/u.test(identifier) && isReadable(identifier),
      'ä',
    ),
    reads(
      'an identifier with a space is refused',
      'positive_data_acceptance',
      (identifier) => !identifier.includes(' ') && isReadable(identifier),
      'a b',
    ),
    reads(
      'an identifier with a slash is refused',
      'positive_data_acceptance',
      (identifier) => !identifier.includes('/') && isReadable(identifier),
      'a/b',
    ),
    reads(
      'an identifier with a percent sign is refused',
      'positive_data_acceptance',
      (identifier) => !identifier.includes('%') && isReadable(identifier),
      '100%',
    ),
    reads(
      'an identifier with an apostrophe is refused',
      'positive_data_acceptance',
      (identifier) => !identifier.includes("'") && isReadable(identifier),
      "o'brien",
    ),
    reads(
      'an email address that is not well formed is refused',
      'positive_data_acceptance',
      (identifier) => (!identifier.includes('@') || /^\S+@\S+\.\w+$/.test(identifier)) && isReadable(identifier),
      'jane@',
    ),
    reads(
      'a Stripe ID that is not well formed is refused',
      'positive_data_acceptance',
      (identifier) => (!identifier.startsWith('cus_') || /^cus_\w{8,}$/.test(identifier)) && isReadable(identifier),
      'cus_1',
    ),
    reads(
      'a number beyond 32 bits is refused',
      'positive_data_acceptance',
      (identifier) => !(Number(identifier) >= 2 ** 31) && isReadable(identifier),
      '4294967296',
    ),
    reads(
      'white space alone is refused',
      'positive_data_acceptance',
      (identifier) => identifier.trim() !== '' && isReadable(identifier),
      ' ',
    ),
    reads(
      '0 is refused',
      'positive_data_acceptance',
      (identifier) => identifier !== '0' && isReadable(identifier),
      '0',
    ),
    decodes(
      'broken percent-encoding is taken as it is',
      'negative_data_rejection',
      (segment) => decode(segment) ?? segment,
      '%ZZ',
    ),
    decodes(
      'percent-encoding that is cut off is taken as it is',
      'negative_data_rejection',
      (segment) => decode(segment) ?? (/%.?$/.test(segment) ? segment : undefined),
      'cus%4',
    ),
    decodes(
      'a percent sign alone is taken as it is',
      'negative_data_rejection',
      (segment) => decode(segment.replace(/%$/, '%25')),
      '100%',
    ),
    decodes(
      'bytes that are no UTF-8 are replaced',
      'negative_data_rejection',
      (segment) => decode(segment) ?? (/%[^0-9a-f]|%.?$/i.test(segment) ? undefined : '\ufffd'),
      '%FF',
    ),
    decodes(
      'bytes that are no UTF-8 are left out',
      'negative_data_rejection',
      (segment) => decode(segment.replaceAll(/%f[f-]/gi, '')),
      `${STRIPE_ID}%FF`,
    ),
    decodes(
      'bytes that are no UTF-8 are read as ISO 8859-1',
      'negative_data_rejection',
      (segment) => decode(segment) ?? (/%(?![0-9a-f]{2})/i.test(segment) ? undefined : unescape(segment)),
      '%E4',
    ),
    decodes(
      'overlong UTF-8 is accepted',
      'negative_data_rejection',
      (segment) => decode(segment.replaceAll(/%c0%af/gi, '%2F')),
      '%C0%AF',
    ),
    decodes(
      'surrogates in UTF-8 are accepted',
      'negative_data_rejection',
      (segment) => decode(segment.replaceAll(/%ed%[ab][0-9a-f]%[89ab][0-9a-f]/gi, '%EF%BF%BD')),
      '%ED%A0%80',
    ),
    decodes(
      'UTF-8 beyond U+10FFFF is accepted',
      'negative_data_rejection',
      (segment) => decode(segment.replaceAll(/%f4%90%80%80/gi, '%EF%BF%BD')),
      '%F4%90%80%80',
    ),
    decodes(
      'UTF-8 that is cut off is accepted',
      'negative_data_rejection',
      (segment) => decode(segment.replace(/%c3$/i, '')),
      'cus_1%C3',
    ),
    decodes(
      '%u is decoded as JavaScript once did',
      'negative_data_rejection',
      (segment) => decode(segment.replaceAll(/%u00e4/gi, '%C3%A4')),
      '%u00e4',
    ),
    decodes(
      'nothing is decoded',
      'example_conformance',
      (segment) => (decode(segment) === undefined ? undefined : segment),
      encodeURIComponent(EMAIL),
    ),
    decodes(
      'identifiers are decoded twice',
      'exact_match',
      (segment) => decode(decode(segment) ?? '%'),
      encodeURIComponent(encodeURIComponent(EMAIL)),
    ),
    decodes(
      'identifiers are decoded twice where they can be',
      'exact_match',
      (segment) => {
        const once = decode(segment);
        return once === undefined ? undefined : (decode(once) ?? once);
      },
      encodeURIComponent(encodeURIComponent(EMAIL)),
    ),
    decodes(
      'a plus sign is read as a space',
      'example_conformance',
      (segment) => decode(segment.replaceAll('+', ' ')),
      EMAIL.replace('@', '%40'),
    ),
    decodes(
      'a plus sign is read as a space even if it is encoded',
      'example_conformance',
      (segment) => decode(segment)?.replaceAll('+', ' '),
      encodeURIComponent(EMAIL),
    ),
    decodes(
      'percent-encoding in lower case is not decoded',
      'positive_data_acceptance',
      (segment) => decode(segment.replaceAll(/%(?=[0-9]?[a-f])/g, '%25')),
      encodeURIComponent(EMAIL).replaceAll(/%../g, (hex) => hex.toLowerCase()),
    ),
    decodes(
      'an @ is only understood if it is encoded',
      'positive_data_acceptance',
      (segment) => (segment.includes('@') ? undefined : decode(segment)),
      EMAIL.replace('+', '%2B'),
    ),
    decodes(
      'an @ is only understood if it is not encoded',
      'example_conformance',
      (segment) => (/%40/.test(segment) ? undefined : decode(segment)),
      encodeURIComponent(EMAIL),
    ),
    decodes(
      'letters that are encoded without need are not decoded',
      'positive_data_acceptance',
      (segment) => decode(segment.replaceAll(/%(?=[4-7][0-9a-f])(?!40|5b|5c|5d|5e|60|7b|7c|7d)/gi, '%25')),
      STRIPE_ID.replace('c', '%63'),
    ),
    decodes(
      'non-ASCII characters are read as ISO 8859-1',
      'same_customer',
      (segment) => (decode(segment) === undefined ? undefined : unescape(segment)),
      encodeURIComponent('caf\u00e9'),
      own,
    ),
    fault(
      'an encoded slash splits the path',
      'positive_data_acceptance',
      {
        segmentOf: (path) => segmentOf(path.replaceAll(/%2f/gi, '/')),
        adjust: (answer, { path }) =>
          /%2f/i.test(path) && answer.status === 404 ? { ...answer, body: { error: 'Not Found' } } : answer,
      },
      retrieve('a/b'),
    ),
    decodes(
      'an encoded slash is refused',
      'positive_data_acceptance',
      (segment) => (/%2f/i.test(segment) ? undefined : decode(segment)),
      'a%2Fb',
    ),
    decodes(
      'an encoded slash is not decoded',
      'same_customer',
      (segment) => decode(segment.replaceAll(/%2f/gi, '%252F')),
      encodeURIComponent('Büro 1/2 – 東京 🦆'),
      own,
    ),
    decodes(
      'two encoded slashes become one',
      'exact_match',
      (segment) => decode(segment)?.replaceAll('//', '/'),
      encodeURIComponent('Büro 1//2 – 東京 🦆'),
      own,
    ),
    decodes(
      'an encoded backslash becomes a slash',
      'exact_match',
      (segment) => decode(segment)?.replaceAll('\\', '/'),
      encodeURIComponent('Büro 1\\2 – 東京 🦆'),
      own,
    ),
    fault(
      'encoded dot segments are resolved',
      'exact_match',
      {
        segmentOf: (path) => segmentOf(path.replaceAll(/[^/]+\/(\.|%2e){2}\//gi, '')) ?? segmentOf(path),
        decode: (segment) => decode(segment)?.replace(/^.*\/\.\.\//, ''),
      },
      retrieveRaw(`x%2F..%2F${STRIPE_ID}`),
    ),
    decodes(
      'a dot segment before an identifier is dropped',
      'exact_match',
      (segment) => decode(segment)?.replace(/^\.\//, ''),
      `.%2F${STRIPE_ID}`,
    ),
    fault(
      'two dots lead to another path',
      'positive_data_acceptance',
      {
        adjust: (answer, { path }) =>
          /\/(\.|%2e){2}$/i.test(path) && answer.status === 404 ? { status: 200, headers: {}, body: {} } : answer,
      },
      retrieveRaw('%2E%2E'),
    ),
    decodes(
      'HTML entities that come of encoding are not decoded',
      'same_customer',
      (segment) => decode(segment)?.replaceAll('&', '&amp;'),
      encodeURIComponent('100%25 & more?#;'),
      own,
    ),
    decodes(
      'a question mark within an identifier begins a query',
      'same_customer',
      (segment) => decode(segment)?.split('?')[0],
      encodeURIComponent('100%25 & more?#;'),
      own,
    ),
    decodes(
      'a space within an identifier becomes a plus sign',
      'same_customer',
      (segment) => decode(segment)?.replaceAll(' ', '+'),
      'a%20b',
      own,
    ),
  ],
};
