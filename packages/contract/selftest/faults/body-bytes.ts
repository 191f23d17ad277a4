import { gzipSync } from 'node:zlib';
import type { Fault, FaultGroup } from '../fault.ts';
import { explain } from '../server/render.ts';
import type { Request } from '../server/request.ts';
import type { Variant } from '../server/steps.ts';
import { retrieve, retrieveRaw } from '../test-request.ts';

/** Returns a server with another JSON serialization. */
function writes(change: (json: string, request: Request) => string | Buffer): Variant {
  return { serialize: (body, request) => change(JSON.stringify(body), request) };
}

function bytes(
  name: string,
  change: (json: string, request: Request) => string | Buffer,
  more: Partial<Fault> = {},
): Fault {
  return { name, check: 'json_syntax', variant: writes(change), ...more };
}

/** Returns faults in the spelling of integers. `written` replaces the MRR. */
function number(name: string, written: string | ((digits: string) => string), more: Partial<Fault> = {}): Fault {
  const write = typeof written === 'string' ? () => written : written;
  return bytes(
    name,
    (json) => json.replace(/("current_mrr":)(-?\d+)/, (_, member: string, digits: string) => member + write(digits)),
    more,
  );
}

/** Formats a value as Python's `repr` does. */
const python = (json: string) =>
  json.replaceAll('"', "'").replaceAll('null', 'None').replaceAll('true', 'True').replaceAll('false', 'False');

const utf16BigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

/** Returns a server whose messages contain a non-ASCII character. */
function inFrench(encoding: BufferEncoding): Variant {
  return {
    explain: (status) => ({ error: { ...explain(status).error, message: 'Requête refusée.' } }),
    serialize: (body) => Buffer.from(JSON.stringify(body), encoding),
  };
}

/** Faults that affect only errors. */
const ofErrors = { triggeredBy: retrieve('cus_NoSuch') };

/** Faults that affect only non-ASCII text. */
const beyondAscii = { triggeredBy: retrieve('Büro 1/2 – 東京 🦆'), onlyKnownCustomers: true };

export const bodyBytes: FaultGroup = {
  name: 'body bytes',
  faults: [
    bytes('the JSON is cut off', (json) => json.slice(0, -1)),
    bytes('the JSON is cut off after half of it', (json) => json.slice(0, json.length / 2)),
    bytes('the body is empty', () => ''),
    bytes('the body is a line break', () => '\n'),
    bytes('the JSON comes twice', (json) => json + json),
    bytes('a list of events follows, one a line', (json) => `${json}\n${json}\n`),
    bytes('a member comes twice, with two values', (json) => json.replace('{', '{"current_mrr":0,')),
    bytes('a member comes twice, with the same value', (json) => json.replace(/("currency":"[a-z]+")/, '$1,$1')),
    bytes('a member of an error comes twice', (json) => json.replace('"message"', '"message":"","message"'), ofErrors),
    bytes('a comment in HTML follows the JSON', (json) => `${json}<!-- 12 ms -->`),
    bytes('a NUL follows the JSON', (json) => `${json}\0`),
    bytes('a semicolon follows the JSON', (json) => `${json};`),
    bytes('a warning in HTML precedes the JSON', (json) => `<br />\n<b>Warning</b>: Undefined index\n${json}`),
    bytes('a prefix against script inclusion precedes the JSON', (json) => `)]}',\n${json}`),
    bytes('a byte order mark precedes the JSON', (json) => `\ufeff${json}`),
    bytes('the JSON is in UTF-16, little endian', (json) => Buffer.from(`\ufeff${json}`, 'utf16le')),
    bytes('the JSON is in UTF-16, big endian', (json) => utf16BigEndian(`\ufeff${json}`)),
    bytes('the JSON is in UTF-32', (json) => Buffer.from([...json].flatMap((char) => [0, 0, 0, char.charCodeAt(0)]))),
    bytes('the JSON is in base64', (json) => Buffer.from(json).toString('base64')),
    bytes('strings are in single quotes', (json) => json.replaceAll('"', "'")),
    bytes('the body is a Python dict', python),
    bytes('the body is a Ruby hash', (json) => json.replaceAll(':', '=>').replaceAll('null', 'nil')),
    bytes('names are not in quotes', (json) => json.replaceAll(/"(\w+)":/g, '$1:')),
    bytes('a comma follows the last member', (json) => json.replace(/}$/, ',}')),
    bytes('a comment is in the JSON', (json) => json.replace('{', '{/* v2 */')),
    bytes('the body is a query string', (json) => new URLSearchParams(JSON.parse(json)).toString()),
    bytes('the body is YAML', (json) => json.replaceAll(/[{}"]/g, '').replaceAll(',', '\n').replaceAll(':', ': ')),
    bytes('the body is XML', (json) => json.replaceAll(/"(\w+)":"?([^",}]*)"?,?/g, '<$1>$2</$1>')),
    bytes('the body is [object Object]', () => '[object Object]'),
    bytes('the body is undefined', () => 'undefined'),
    bytes(
      'a line break in a message is not escaped',
      (json) => json.replace('"message":"', '"message":"Sorry.\n'),
      ofErrors,
    ),
    bytes(
      'a quote in a message is not escaped',
      (json) => json.replace('"message":"', '"message":"No "customer" '),
      ofErrors,
    ),
    bytes(
      'an apostrophe is escaped with a backslash',
      (json) => json.replace('"message":"', '"message":"Can\\\'t. '),
      ofErrors,
    ),
    number('a number is NaN', 'NaN'),
    number('a number is Infinity', 'Infinity'),
    number('a number is undefined', 'undefined'),
    number('a number is left empty', ''),
    number('a number has leading zeros', (digits) => `00${digits}`),
    number('a number has a plus sign', (digits) => `+${digits}`),
    number('a number is in hexadecimal', (digits) => `0x${Number(digits).toString(16)}`),
    number('a number has thousands separators', (digits) => digits.replaceAll(/\B(?=(\d{3})+$)/g, '_')),
    number('a number has a trailing point', (digits) => `${digits}.`),
    number('a number is a big integer literal', (digits) => `${digits}n`),
    number('a number that no double holds', '9007199254740993'),
    number('a fraction that only a double loses', '9007199254740991.4'),
    number('a fraction so small that a double loses it', (digits) => `${digits}.00000000000000000001`),
    number('a number beyond all doubles', '1e400'),
    number('integers are written with .0', (digits) => `${digits}.0`, { severity: 'note' }),
    number('integers are written with an exponent', (digits) => `${Number(digits) / 10}e1`, { severity: 'note' }),
    bytes(
      'JSONP for callback in the query',
      (json, { query }) => {
        const callback = new URLSearchParams(query).get('callback');
        return callback === null ? json : `/**/${callback}(${json})`;
      },
      { check: 'query_independence', triggeredBy: retrieveRaw('cus_1?callback=show') },
    ),
    bytes('what is not ASCII is in ISO 8859-1', (json) => Buffer.from(json, 'latin1'), beyondAscii),
    bytes('what is not ASCII is a question mark', (json) => json.replaceAll(/[^ -~]/g, '?'), {
      ...beyondAscii,
      check: 'same_customer',
    }),
    bytes(
      'what is not ASCII is encoded twice',
      (json) => Buffer.from(Buffer.from(json, 'utf8').toString('latin1'), 'utf8'),
      { ...beyondAscii, check: 'same_customer' },
    ),
    bytes(
      'an emoji is two surrogates, each in UTF-8',
      (json) =>
        Buffer.concat(
          json.split('').map((unit) => {
            const code = unit.charCodeAt(0);
            return code < 0xd800 || code > 0xdfff
              ? Buffer.from(unit)
              : Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]);
          }),
        ),
      beyondAscii,
    ),
    bytes(
      'an emoji is cut in half and escaped',
      (json) => json.replaceAll(/[\udc00-\udfff]/g, '').replaceAll(/[\ud800-\udbff]/g, '\\ud83e'),
      beyondAscii,
    ),
    {
      name: 'a message is in ISO 8859-1',
      check: 'json_syntax',
      variant: inFrench('latin1'),
      ...ofErrors,
    },
    {
      name: 'a message has a byte of UTF-8 cut off',
      check: 'json_syntax',
      variant: {
        ...inFrench('utf8'),
        serialize: (body) => Buffer.from(Buffer.from(JSON.stringify(body)).filter((byte) => byte !== 0xa9)),
      },
      ...ofErrors,
    },
    {
      name: 'bytes are compressed without a header that says so',
      check: 'json_syntax',
      variant: writes((json) => gzipSync(json)),
    },
  ],
};
