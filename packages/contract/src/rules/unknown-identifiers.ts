import { explainUnsendable } from '../customers/known-customers.ts';
import { swapCase } from '../request/redact.ts';

/** An identifier that no customer has, but that a server may confuse with an existing one. */
export interface UnknownIdentifier {
  /** Describes the identifier in the names of test cases. */
  readonly name: string;
  readonly value: string;
}

/** Returns values that are similar to a known identifier, one for each way in which servers match identifiers inexactly. */
export function createNearMisses(known: string): UnknownIdentifier[] {
  // Split into characters, not UTF-16 units: half of an emoji is not valid Unicode.
  const characters = [...known];
  const start = characters.slice(0, -1).join('');
  const misses: UnknownIdentifier[] = [
    { name: 'without its last character', value: start },
    { name: 'without its first character', value: characters.slice(1).join('') },
    { name: 'only its first half', value: characters.slice(0, Math.ceil(characters.length / 2)).join('') },
    { name: 'upper case', value: known.toUpperCase() },
    { name: 'lower case', value: known.toLowerCase() },
    { name: 'swapped case', value: swapCase(known) },
    { name: 'a letter after it', value: `${known}x` },
    { name: 'a digit after it', value: `${known}0` },
    { name: 'abc after it', value: `${known}abc` },
    { name: 'a full stop after it', value: `${known}.` },
    { name: 'an extension after it', value: `${known}.json` },
    { name: 'a slash after it', value: `${known}/` },
    { name: 'a space before it', value: ` ${known}` },
    { name: 'a space after it', value: `${known} ` },
    { name: 'a line break after it', value: `${known}\n` },
    { name: 'a tab before it', value: `\t${known}` },
    { name: 'a no-break space after it', value: `${known}\u00a0` },
    { name: 'a zero-width space after it', value: `${known}\u200b` },
    { name: 'a NUL after it', value: `${known}\0` },
    { name: 'a NUL and a letter after it', value: `${known}\0x` },
    { name: 'a comma and a letter after it', value: `${known},x` },
    { name: 'a semicolon and a parameter after it', value: `${known};v=1` },
    { name: 'a question mark after it', value: `${known}?` },
    { name: 'a number sign after it', value: `${known}#` },
    { name: 'an SQL wildcard instead of its last character', value: `${start}_` },
    { name: 'an SQL wildcard instead of its end', value: `${start}%` },
    { name: 'an SQL wildcard after it', value: `${known}%` },
    { name: 'an asterisk instead of its end', value: `${start}*` },
    { name: 'an SQL comment after it', value: `${known}' --` },
    { name: 'an SQL condition after it', value: `${known}' OR '1'='1` },
    { name: 'a dot segment before it', value: `./${known}` },
    { name: 'a folder and two dots before it', value: `x/../${known}` },
    { name: 'two slashes before it', value: `//${known}` },
    { name: 'a backslash in it', value: known.replace(/^(.)/u, '$1\\') },
    { name: 'an accent on a letter', value: known.replace(/[a-z]/i, '$&\u0301') },
    { name: 'a letter as an HTML entity', value: known.replace(/[a-z]/i, (letter) => `&#${letter.charCodeAt(0)};`) },
    {
      name: 'a letter as a JSON escape',
      value: known.replace(/[a-z]/i, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
    },
    { name: 'its underscore as an HTML entity', value: known.replace('_', '&#95;') },
    { name: 'two slashes instead of its slash', value: known.replace('/', '//') },
    { name: 'a backslash instead of its slash', value: known.replace('/', '\\') },
    { name: 'quotes around it', value: `"${known}"` },
    { name: 'apostrophes around it', value: `'${known}'` },
    { name: 'brackets around it', value: `[${known}]` },
    { name: 'angle brackets around it', value: `<${known}>` },
    { name: 'without its prefix', value: known.replace(/^[a-z]+_/, '') },
    { name: 'a hyphen within it', value: known.replace(/^(.{4})/u, '$1-') },
    { name: 'a colon instead of its underscore', value: known.replace('_', ':') },
    { name: 'a hyphen instead of its underscore', value: known.replace('_', '-') },
    { name: 'a dot instead of its underscore', value: known.replace('_', '.') },
    { name: 'percent-encoded twice', value: encodeAll(known) },
    {
      name: 'full-width characters',
      value: known.replaceAll(/[!-~]/g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0)),
    },
    ...createOtherNumbers(known),
    ...createOtherAddresses(known),
  ];
  const seen = new Set([known]);
  return misses.filter(({ value }) => explainUnsendable(value) === undefined && !seen.has(value) && seen.add(value));
}

/** Returns other spellings of a number. None of them is the identifier. */
function createOtherNumbers(known: string): UnknownIdentifier[] {
  if (!/^[1-9]\d*$/.test(known)) return [];
  const number = BigInt(known);
  return [
    { name: 'a zero before it', value: `0${known}` },
    { name: 'a plus before it', value: `+${known}` },
    { name: 'a minus before it', value: `-${known}` },
    { name: 'a fraction of 0', value: `${known}.0` },
    { name: 'a fraction of 5', value: `${known}.5` },
    { name: 'an exponent', value: `${known}e0` },
    { name: 'hexadecimal digits', value: `0x${number.toString(16)}` },
    { name: 'octal digits', value: `0o${number.toString(8)}` },
    { name: 'underscores between its digits', value: known.replaceAll(/\B(?=(\d{3})+$)/g, '_') },
    { name: 'commas between its digits', value: known.replaceAll(/\B(?=(\d{3})+$)/g, ',') },
    { name: 'the suffix of a JavaScript BigInt', value: `${known}n` },
    { name: 'the number plus 2^32', value: String(number + 2n ** 32n) },
    { name: 'the number plus 2^64', value: String(number + 2n ** 64n) },
    { name: 'Arabic digits', value: known.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))) },
  ];
}

/** Returns addresses that some mail servers treat as equal, but this API does not. */
function createOtherAddresses(known: string): UnknownIdentifier[] {
  const [, local = '', domain = ''] = /^(.+)@(.+)$/.exec(known) ?? [];
  if (domain === '') return [];
  return [
    { name: 'its domain in upper case', value: `${local}@${domain.toUpperCase()}` },
    { name: 'its mailbox in upper case', value: `${local.toUpperCase()}@${domain}` },
    { name: 'without its tag', value: `${local.replace(/\+.*/, '')}@${domain}` },
    { name: 'another tag', value: `${local}+x@${domain}` },
    { name: 'a space instead of its plus', value: known.replaceAll('+', ' ') },
    { name: 'without its dots', value: `${local.replaceAll('.', '')}@${domain}` },
    { name: 'a dot in its mailbox', value: known.replace(/^(.)/u, '$1.') },
    { name: 'only its mailbox', value: local },
    { name: 'only its domain', value: domain },
    { name: 'only an at sign and its domain', value: `@${domain}` },
    { name: 'a display name around it', value: `x <${known}>` },
    { name: 'mailto before it', value: `mailto:${known}` },
  ];
}

/** Percent-encodes every byte. The request encodes the result again, so only a server that decodes twice finds the identifier. */
function encodeAll(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function named(name: string, ...values: readonly string[]): UnknownIdentifier[] {
  return values.map((value) => ({ name, value }));
}

/** Identifiers that no customer has and that cause errors in careless servers. */
export const HOSTILE_IDENTIFIERS: readonly UnknownIdentifier[] = [
  ...named('a missing value', 'null', 'undefined', 'nil', 'None', 'NaN', 'true', 'false', '[object Object]'),
  ...named('an alias', 'me', 'self', 'current', 'first', 'last', 'latest', 'all', 'any', 'default'),
  ...named('a wildcard', '%', '_', '*', '%%', '?', '.*', '^', '$'),
  ...named('a quote', "'", '"', '`', "''", "O'Brien", '\\', "\\'"),
  ...named(
    'SQL',
    "' OR '1'='1",
    "' OR 1=1 --",
    '1 OR 1=1',
    "'; SELECT 1; --",
    "') OR ('1'='1",
    "' UNION SELECT NULL --",
    '1; SELECT pg_sleep(0)',
  ),
  ...named('a database operator', '{"$ne":null}', '[$ne]', '{"$gt":""}', '*)(uid=*', "'||'1'=='1"),
  ...named('template syntax', '{{7*7}}', `\${7*7}`, '<%= 7*7 %>', '#{7*7}', '%s%s%n', '{0}', '{customer}', ':customer'),
  ...named('markup', '<script>alert(1)</script>', '<!--', ']]>', '&lt;', '<?xml version="1.0"?>'),
  ...named(
    'a path',
    '../customers',
    '../../etc/passwd',
    '..\\..\\windows',
    '/etc/passwd',
    'a/b',
    '//',
    './x',
    '.htaccess',
    'C:\\',
  ),
  ...named('a URL', 'http://127.0.0.1/', 'file:///etc/passwd', 'javascript:alert(1)', '//example.com'),
  ...named('a command', '; id', '| id', '$(id)', '`id`', '&& id'),
  ...named('a line break', 'a\r\nX-Injected: 1', '\n', '\r', '\u2028'),
  ...named('a control character', '\0', 'a\0b', '\u0001', '\u001b[31m', '\u007f', '\u0085'),
  ...named('white space', ' ', '  ', '\t', '\u00a0', '\u3000', '\ufeff'),
  ...named('other letters', 'ä', 'ß', 'İ', 'ﬀ', '客户', 'клиент', 'عميل', 'é', 'e\u0301', 'ﷺ'),
  ...named('emoji', '🦆', '👩‍👩‍👧‍👦', '🇫🇮', '\u{1f3f4}\u{e0067}\u{e007f}'),
  ...named('invisible or odd characters', '\u200b', '\u202e', '\ufffd', '\uffff', '\u{10ffff}', 'Z\u0351\u036b\u0343'),
  ...named('a number', '0', '-0', '-1', '1.5', '1e3', '1e999', '1e-7', 'Infinity', '-Infinity', '0x1F', '1_000', '٣'),
  ...named(
    'a large number',
    '2147483648',
    '4294967296',
    '9007199254740993',
    '9223372036854775807',
    '9223372036854775808',
    '-9223372036854775809',
    '18446744073709551616',
    '99999999999999999999999999',
  ),
  ...named(
    'an unknown email address',
    'no-such-address@example.invalid',
    '@',
    'a@',
    '@a',
    'a@b@c',
    '"a b"@example.invalid',
    'ä@ö.invalid',
  ),
  ...named(
    'a built-in name of a language',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
    '__class__',
    'length',
  ),
  ...named('percent signs', '100%', '%41', '%2541', '%00', '%zz', '+', 'a+b', 'a b', 'a%20b'),
  ...named('a delimiter', ';', ',', ':', '&', '=', '#', '!', '~', '(', ')', '|', '[', ']', '{', '}'),
  ...[256, 1000, 1023, 1024].map((length) => ({ name: `${length} characters`, value: 'x'.repeat(length) })),
  ...[1024].map((length) => ({ name: `${length} characters of two bytes each`, value: 'ä'.repeat(length) })),
  ...named('400 digits', '9'.repeat(400)),
  ...[2048, 4096, 8192].map((length) => ({ name: `${length} characters`, value: 'x'.repeat(length) })),
];
