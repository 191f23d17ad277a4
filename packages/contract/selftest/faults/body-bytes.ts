import { gzipSync } from 'node:zlib';
import { createRawRequest, createRequest, type FaultGroup, type FaultyServer, foundBy, UNKNOWN } from '../fault.ts';
import { getErrorBody } from '../server/description.ts';
import type { Request, Variant } from '../server/steps.ts';

type Serialize = (json: string, request: Request) => string | Buffer;

/** Returns a server that serializes bodies differently. */
function writes(serialize: Serialize): FaultyServer {
  return { variant: { serialize: (body, request) => serialize(JSON.stringify(body), request) } };
}

/** Returns a server that writes this text unescaped at the start of error messages. */
function writesMessage(start: string): FaultyServer {
  return { ...writes((json) => json.replace('"message":"', `"message":"${start}`)), triggeredBy: UNKNOWN };
}

/** Returns a server that writes the digits of the MRR differently. */
function writesMrr(write: (digits: string) => string): FaultyServer {
  return writes((json) =>
    json.replace(/("current_mrr":)(-?\d+)/, (_, member: string, digits: string) => member + write(digits)),
  );
}

/** Formats a value as Python's `repr` does. */
const formatAsPython = (json: string) =>
  json.replaceAll('"', "'").replaceAll('null', 'None').replaceAll('true', 'True').replaceAll('false', 'False');

/** Encodes a text as UTF-8, but each surrogate of a pair on its own (CESU-8). */
const encodeAsCesu8 = (text: string) =>
  Buffer.concat(
    text.split('').map((unit) => {
      const code = unit.charCodeAt(0);
      return code < 0xd800 || code > 0xdfff
        ? Buffer.from(unit)
        : Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]);
    }),
  );

const encodeAsUtf32 = (text: string) => Buffer.from([...text].flatMap((char) => [0, 0, 0, char.charCodeAt(0)]));

/** A server whose error messages contain a non-ASCII character. */
const IN_FRENCH: Variant = {
  renderError: (status) => ({ error: { ...getErrorBody(status).error, message: 'Requête refusée.' } }),
};

/** Faults that affect only non-ASCII text. */
const NON_ASCII = { triggeredBy: createRequest('Büro 1/2 – 東京 🦆'), onlyKnownCustomers: true };

export const bodyBytes: FaultGroup = {
  name: 'body bytes',
  faults: [
    ...foundBy('json_syntax', {
      'omits the last character of the JSON': writes((json) => json.slice(0, -1)),
      'sends only the first half of the JSON': writes((json) => json.slice(0, json.length / 2)),
      'sends an empty body': writes(() => ''),
      'sends a line break as the body': writes(() => '\n'),
      'sends the JSON twice': writes((json) => json + json),
      'sends the JSON twice, on a line each': writes((json) => `${json}\n${json}\n`),
      'sends an HTML comment after the JSON': writes((json) => `${json}<!-- 12 ms -->`),
      'sends a NUL after the JSON': writes((json) => `${json}\0`),
      'sends a semicolon after the JSON': writes((json) => `${json};`),
      'sends an HTML warning before the JSON': writes((json) => `<br />\n<b>Warning</b>: Undefined index\n${json}`),
      "sends )]}', before the JSON": writes((json) => `)]}',\n${json}`),
      'encodes the JSON as UTF-16, little endian': writes((json) => Buffer.from(`\ufeff${json}`, 'utf16le')),
      'encodes the JSON as UTF-16, big endian': writes((json) => Buffer.from(`\ufeff${json}`, 'utf16le').swap16()),
      'encodes the JSON as UTF-32': writes(encodeAsUtf32),
      'encodes the JSON as base64': writes((json) => Buffer.from(json).toString('base64')),
      'compresses the body without a Content-Encoding header': writes((json) => gzipSync(json)),
      'puts strings in single quotes': writes((json) => json.replaceAll('"', "'")),
      'sends a Python dict as the body': writes(formatAsPython),
      'sends a Ruby hash as the body': writes((json) => json.replaceAll(':', '=>').replaceAll('null', 'nil')),
      'omits the quotes around member names': writes((json) => json.replaceAll(/"(\w+)":/g, '$1:')),
      'writes a comma after the last member': writes((json) => json.replace(/}$/, ',}')),
      'writes a comment into the JSON': writes((json) => json.replace('{', '{/* v2 */')),
      'sends a query string as the body': writes((json) => new URLSearchParams(JSON.parse(json)).toString()),
      'sends YAML instead of JSON': writes((json) =>
        json.replaceAll(/[{}"]/g, '').replaceAll(',', '\n').replaceAll(':', ': '),
      ),
      'sends XML instead of JSON': writes((json) => json.replaceAll(/"(\w+)":"?([^",}]*)"?,?/g, '<$1>$2</$1>')),
      'sends [object Object] as the body': writes(() => '[object Object]'),
      'sends undefined as the body': writes(() => 'undefined'),
      'does not escape a line break in a message': writesMessage('Sorry.\n'),
      'does not escape a quotation mark in a message': writesMessage('No "customer" '),
      'escapes an apostrophe with a backslash': writesMessage("Can\\'t. "),
      'writes a number as NaN': writesMrr(() => 'NaN'),
      'writes a number as Infinity': writesMrr(() => 'Infinity'),
      'writes a number as undefined': writesMrr(() => 'undefined'),
      'omits the value of a member': writesMrr(() => ''),
      'writes a number with leading zeros': writesMrr((digits) => `00${digits}`),
      'writes a number with a plus sign': writesMrr((digits) => `+${digits}`),
      'writes a number in hexadecimal': writesMrr((digits) => `0x${Number(digits).toString(16)}`),
      'writes a number with thousands separators': writesMrr((digits) => digits.replaceAll(/\B(?=(\d{3})+$)/g, '_')),
      'writes a number with a trailing decimal point': writesMrr((digits) => `${digits}.`),
      'writes a number as a BigInt literal': writesMrr((digits) => `${digits}n`),
    }),
    ...foundBy('json_duplicate_members', {
      'writes a member twice, with different values': writes((json) => json.replace('{', '{"current_mrr":0,')),
      'writes a member twice, with the same value': writes((json) => json.replace(/("currency":"[a-z]+")/, '$1,$1')),
      'writes a member of an error twice': {
        ...writes((json) => json.replace('"message"', '"message":"","message"')),
        triggeredBy: UNKNOWN,
      },
    }),
    ...foundBy('number_precision', {
      'writes an integer that a double cannot represent': writesMrr(() => '9007199254740993'),
      'writes a fraction that a double rounds to an integer': writesMrr(() => '9007199254740991.4'),
      'writes a fraction of 10⁻²⁰, which a double loses': writesMrr((digits) => `${digits}.00000000000000000001`),
      'writes integers with .0': { ...writesMrr((digits) => `${digits}.0`), severity: 'note' },
      'writes integers with an exponent': { ...writesMrr((digits) => `${Number(digits) / 10}e1`), severity: 'note' },
    }),
    ...foundBy('response_schema_conformance', {
      'writes a number above the range of a double': writesMrr(() => '1e400'),
    }),
    ...foundBy('query_independence', {
      'sends JSONP if the query has a callback': {
        ...writes((json, { query }) => {
          const callback = new URLSearchParams(query).get('callback');
          return callback === null ? json : `/**/${callback}(${json})`;
        }),
        triggeredBy: createRawRequest('cus_1?callback=show'),
      },
    }),
    ...foundBy('json_encoding', {
      'sends a byte order mark before the JSON': writes((json) => `\ufeff${json}`),
      'encodes an error message as ISO 8859-1': {
        variant: { ...IN_FRENCH, serialize: (body) => Buffer.from(JSON.stringify(body), 'latin1') },
        triggeredBy: UNKNOWN,
      },
      'omits a byte of a UTF-8 character in a message': {
        variant: {
          ...IN_FRENCH,
          serialize: (body) => Buffer.from(Buffer.from(JSON.stringify(body)).filter((byte) => byte !== 0xa9)),
        },
        triggeredBy: UNKNOWN,
      },
    }),
    ...foundBy('json_encoding', { 'encodes an emoji as two UTF-8 surrogates': writes(encodeAsCesu8) }, NON_ASCII),
    ...foundBy(
      'json_syntax',
      { 'encodes non-ASCII characters as ISO 8859-1': writes((json) => Buffer.from(json, 'latin1')) },
      NON_ASCII,
    ),
    ...foundBy(
      'same_customer',
      {
        'replaces non-ASCII characters by question marks': writes((json) => json.replaceAll(/[^ -~]/g, '?')),
        'encodes non-ASCII characters as UTF-8 twice': writes((json) =>
          Buffer.from(Buffer.from(json).toString('latin1')),
        ),
      },
      NON_ASCII,
    ),
    ...foundBy(
      'known_customer',
      {
        'escapes only the first surrogate of an emoji': writes((json) =>
          json.replaceAll(/[\udc00-\udfff]/g, '').replaceAll(/[\ud800-\udbff]/g, '\\ud83e'),
        ),
      },
      NON_ASCII,
    ),
  ],
};
