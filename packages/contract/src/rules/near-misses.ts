import { whyUnsendable } from '../customers/identifier.ts';
import { swapCase } from '../request/redact.ts';

/** An identifier that no customer has, but that a server may confuse with an existing one. */
export interface Identifier {
  readonly what: string;
  readonly value: string;
}

/** Returns values that are similar to a known identifier, one for each way in which servers match too loosely. */
export function nearMisses(known: string): Identifier[] {
  // Split by characters: half of an emoji is not valid Unicode.
  const characters = [...known];
  const last = characters.slice(0, -1).join('');
  const misses: Identifier[] = [
    { what: 'all but its last character', value: last },
    { what: 'all but its first character', value: characters.slice(1).join('') },
    { what: 'its first half', value: characters.slice(0, Math.ceil(characters.length / 2)).join('') },
    { what: 'upper case', value: known.toUpperCase() },
    { what: 'lower case', value: known.toLowerCase() },
    { what: 'the other case', value: swapCase(known) },
    { what: 'a letter after it', value: `${known}x` },
    { what: 'a digit after it', value: `${known}0` },
    { what: 'abc after it', value: `${known}abc` },
    { what: 'a full stop after it', value: `${known}.` },
    { what: 'an extension after it', value: `${known}.json` },
    { what: 'a slash after it', value: `${known}/` },
    { what: 'a space before it', value: ` ${known}` },
    { what: 'a space after it', value: `${known} ` },
    { what: 'a line break after it', value: `${known}\n` },
    { what: 'a tab before it', value: `\t${known}` },
    { what: 'a no-break space after it', value: `${known}\u00a0` },
    { what: 'a zero-width space after it', value: `${known}\u200b` },
    { what: 'a NUL after it', value: `${known}\0` },
    { what: 'a NUL and more after it', value: `${known}\0x` },
    { what: 'a comma and another after it', value: `${known},x` },
    { what: 'a semicolon and a parameter after it', value: `${known};v=1` },
    { what: 'a question mark after it', value: `${known}?` },
    { what: 'a number sign after it', value: `${known}#` },
    { what: 'an SQL wildcard for its last character', value: `${last}_` },
    { what: 'an SQL wildcard for its end', value: `${last}%` },
    { what: 'an SQL wildcard after it', value: `${known}%` },
    { what: 'an asterisk for its end', value: `${last}*` },
    { what: 'an SQL comment after it', value: `${known}' --` },
    { what: 'an SQL condition after it', value: `${known}' OR '1'='1` },
    { what: 'a dot segment before it', value: `./${known}` },
    { what: 'a folder and two dots before it', value: `x/../${known}` },
    { what: 'two slashes before it', value: `//${known}` },
    { what: 'a backslash in it', value: known.replace(/^(.)/u, '$1\\') },
    { what: 'an accent on a letter', value: known.replace(/[a-z]/i, '$&\u0301') },
    { what: 'a letter as an HTML entity', value: known.replace(/[a-z]/i, (letter) => `&#${letter.charCodeAt(0)};`) },
    {
      what: 'a letter as an escape of JSON',
      value: known.replace(/[a-z]/i, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
    },
    { what: 'its underscore as an HTML entity', value: known.replace('_', '&#95;') },
    { what: 'two slashes for its slash', value: known.replace('/', '//') },
    { what: 'a backslash for its slash', value: known.replace('/', '\\') },
    { what: 'quotes around it', value: `"${known}"` },
    { what: 'apostrophes around it', value: `'${known}'` },
    { what: 'brackets around it', value: `[${known}]` },
    { what: 'angle brackets around it', value: `<${known}>` },
    { what: 'what follows its prefix', value: known.replace(/^[a-z]+_/, '') },
    { what: 'a hyphen within it', value: known.replace(/^(.{4})/u, '$1-') },
    { what: 'a colon for its underscore', value: known.replace('_', ':') },
    { what: 'a hyphen for its underscore', value: known.replace('_', '-') },
    { what: 'a dot for its underscore', value: known.replace('_', '.') },
    { what: 'it, encoded twice', value: encodeAll(known) },
    {
      what: 'wide characters',
      value: known.replaceAll(/[!-~]/g, (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0)),
    },
    ...ofNumber(known),
    ...ofAddress(known),
  ];
  const seen = new Set([known]);
  return misses.filter(({ value }) => whyUnsendable(value) === undefined && !seen.has(value) && seen.add(value));
}

/** Returns other spellings of a number. None of them is the identifier. */
function ofNumber(known: string): Identifier[] {
  if (!/^[1-9]\d*$/.test(known)) return [];
  const number = BigInt(known);
  return [
    { what: 'a zero before it', value: `0${known}` },
    { what: 'a plus before it', value: `+${known}` },
    { what: 'a minus before it', value: `-${known}` },
    { what: 'a fraction of zero', value: `${known}.0` },
    { what: 'another fraction', value: `${known}.5` },
    { what: 'an exponent', value: `${known}e0` },
    { what: 'hexadecimal digits', value: `0x${number.toString(16)}` },
    { what: 'octal digits', value: `0o${number.toString(8)}` },
    { what: 'underscores between its digits', value: known.replaceAll(/\B(?=(\d{3})+$)/g, '_') },
    { what: 'commas between its digits', value: known.replaceAll(/\B(?=(\d{3})+$)/g, ',') },
    { what: 'the suffix of a BigInt', value: `${known}n` },
    { what: 'it plus 2^32', value: String(number + 2n ** 32n) },
    { what: 'it plus 2^64', value: String(number + 2n ** 64n) },
    { what: 'Arabic digits', value: known.replaceAll(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))) },
  ];
}

/** Returns addresses that some mail servers treat as equal, but this API does not. */
function ofAddress(known: string): Identifier[] {
  const [, local = '', domain = ''] = /^(.+)@(.+)$/.exec(known) ?? [];
  if (domain === '') return [];
  return [
    { what: 'its domain in upper case', value: `${local}@${domain.toUpperCase()}` },
    { what: 'its mailbox in upper case', value: `${local.toUpperCase()}@${domain}` },
    { what: 'its tag left out', value: `${local.replace(/\+.*/, '')}@${domain}` },
    { what: 'another tag', value: `${local}+x@${domain}` },
    { what: 'a space for its plus', value: known.replaceAll('+', ' ') },
    { what: 'its dots left out', value: `${local.replaceAll('.', '')}@${domain}` },
    { what: 'a dot in its mailbox', value: known.replace(/^(.)/u, '$1.') },
    { what: 'its mailbox alone', value: local },
    { what: 'its domain alone', value: domain },
    { what: 'an at sign and its domain', value: `@${domain}` },
    { what: 'a display name around it', value: `x <${known}>` },
    { what: 'mailto before it', value: `mailto:${known}` },
  ];
}

/** Percent-encodes every byte. The request encodes the result again, so only a server that decodes twice finds the identifier. */
function encodeAll(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
