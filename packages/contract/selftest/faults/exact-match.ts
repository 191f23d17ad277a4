import { byEmail, byExtraId, byId, byStripeId, find, findBy } from '../../src/customers/stored-customer.ts';
import type { FaultGroup } from '../fault.ts';
import { isReadable } from '../server/identifier.ts';
import { retrieve } from '../test-request.ts';
import {
  ALL_KINDS,
  byKinds,
  EMAIL,
  EXAMPLES,
  EXTRA_ID,
  type Find,
  fault,
  finds,
  ID,
  looksUp,
  normalizes,
  own,
  readsNumbers,
  STRIPE_ID,
  sameCase,
} from './lookup.ts';

/** Converts a SQL LIKE pattern to a regular expression. */
function like(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'su');
}

export const exactMatch: FaultGroup = {
  name: 'exact match',
  faults: [
    ...Object.entries(ALL_KINDS).flatMap(([name, kind]) => {
      const identifier = EXAMPLES[name] ?? '';
      const matching =
        (matches: (value: string, wanted: string) => boolean): Find =>
        (wanted, customers) =>
          wanted === '' ? undefined : findBy([kind], (value) => matches(value, wanted), customers);
      return [
        finds(
          `the beginning of ${name} is enough`,
          matching((value, wanted) => value.startsWith(wanted)),
          identifier.slice(0, -1),
        ),
        finds(
          `the end of ${name} is enough`,
          matching((value, wanted) => value.endsWith(wanted)),
          identifier.slice(1),
        ),
        finds(
          `${name} may be followed by more`,
          matching((value, wanted) => value.length > 3 && wanted.startsWith(value)),
          `${identifier}x`,
        ),
        finds(
          `${name} may have white space around them`,
          matching((value, wanted) => value === wanted.trim()),
          ` ${identifier}`,
        ),
        ...(name === 'FirstOfficer IDs'
          ? []
          : [
              finds(
                `${name} are found in any case`,
                matching(sameCase),
                identifier.toUpperCase() === identifier ? identifier.toLowerCase() : identifier.toUpperCase(),
              ),
            ]),
      ];
    }),
    normalizes('a trailing line break is cut off', (identifier) => identifier.replace(/\n$/, ''), `${STRIPE_ID}\n`),
    normalizes(
      'trailing spaces are cut off, as CHAR columns do',
      (identifier) => identifier.replace(/ +$/, ''),
      `${STRIPE_ID}  `,
    ),
    normalizes('what follows a NUL is cut off', (identifier) => identifier.split('\0')[0] ?? '', `${STRIPE_ID}\0x`),
    normalizes(
      'what follows a dot is taken for a format',
      (identifier) => identifier.replace(/\.\w+$/, ''),
      `${STRIPE_ID}.json`,
    ),
    normalizes(
      'what follows a semicolon is taken for parameters',
      (identifier) => identifier.split(';')[0] ?? '',
      `${STRIPE_ID};v=2`,
    ),
    normalizes('what follows a comma is cut off', (identifier) => identifier.split(',')[0] ?? '', `${STRIPE_ID},${ID}`),
    normalizes(
      'what follows a slash is cut off',
      (identifier) => identifier.split('/')[0] ?? '',
      `${STRIPE_ID}/subscriptions`,
    ),
    normalizes(
      'what follows a question mark is cut off',
      (identifier) => identifier.split('?')[0] ?? '',
      `${STRIPE_ID}?x`,
    ),
    normalizes(
      'what follows a number sign is cut off',
      (identifier) => identifier.split('#')[0] ?? '',
      `${STRIPE_ID}#x`,
    ),
    normalizes('quotes are stripped', (identifier) => identifier.replaceAll(/^["']|["']$/g, ''), `"${STRIPE_ID}"`),
    normalizes('brackets are stripped', (identifier) => identifier.replaceAll(/^[<[{]|[>\]}]$/g, ''), `<${EMAIL}>`),
    normalizes('mailto: is stripped', (identifier) => identifier.replace(/^mailto:/, ''), `mailto:${EMAIL}`),
    normalizes('a missing cus_ is added', (identifier) => `cus_${identifier}`, STRIPE_ID.replace('cus_', '')),
    normalizes(
      'a colon is taken for an underscore',
      (identifier) => identifier.replaceAll(/\W/g, '_'),
      STRIPE_ID.replace('_', ':'),
    ),
    normalizes('hyphens are taken out', (identifier) => identifier.replaceAll('-', ''), STRIPE_ID.replace('A', '-A')),
    normalizes(
      'zero-width spaces are taken out',
      (identifier) => identifier.replaceAll(/\u200b|\ufeff/g, ''),
      `\u200b${STRIPE_ID}`,
    ),
    normalizes(
      'no-break spaces are trimmed',
      (identifier) => identifier.replaceAll('\u00a0', ''),
      `${STRIPE_ID}\u00a0`,
    ),
    normalizes(
      'control characters are taken out',
      (identifier) => identifier.replaceAll(/\p{Cc}/gu, ''),
      `cus\t${STRIPE_ID.slice(3)}`,
    ),
    normalizes(
      'full-width digits are read as digits',
      (identifier) => identifier.normalize('NFKC'),
      ID.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    ),
    normalizes(
      'full-width letters are read as letters',
      (identifier) => identifier.normalize('NFKC'),
      STRIPE_ID.replace('c', '\uff43'),
    ),
    normalizes(
      'accents are left out',
      (identifier) => identifier.normalize('NFD').replaceAll(/\p{M}/gu, ''),
      EXTRA_ID.replace('o', 'ö'),
    ),
    normalizes(
      'HTML entities are decoded',
      (identifier) => identifier.replaceAll('&#95;', '_'),
      STRIPE_ID.replace('_', '&#95;'),
    ),
    normalizes(
      'backslashes are taken out',
      (identifier) => identifier.replaceAll('\\', ''),
      STRIPE_ID.replace('_', '\\_'),
    ),
    finds(
      'sub-addresses of an email address do not matter',
      (wanted, customers) => {
        const plain = (email: string) => email.replace(/\+[^@]*@/, '@');
        return wanted.includes('@')
          ? findBy([byEmail], (email) => plain(email) === plain(wanted), customers)
          : undefined;
      },
      EMAIL.replace(/\+[^@]*@/, '@'),
    ),
    finds(
      'dots in an email address do not matter',
      (wanted, customers) => {
        const plain = (email: string) => email.replaceAll(/\.(?=.*@)/g, '');
        return wanted.includes('@')
          ? findBy([byEmail], (email) => plain(email) === plain(wanted), customers)
          : undefined;
      },
      EMAIL.replace(/^(.)/, '$1.'),
    ),
    finds(
      'the domain of an email address is found in any case',
      (wanted, customers) => {
        const folded = wanted.replace(/@.*$/, (domain) => domain.toLowerCase());
        return findBy([byEmail], (email) => email === folded, customers);
      },
      EMAIL.replace(/@.*$/, (domain) => domain.toUpperCase()),
    ),
    finds(
      'a domain may end with a dot',
      (wanted, customers) => findBy([byEmail], (email) => `${email}.` === wanted, customers),
      `${EMAIL}.`,
    ),
    looksUp(
      'the name in an email address is folded although two differ by it',
      'same_customer',
      (wanted, customers) =>
        wanted.includes('@')
          ? findBy([byEmail], (email) => sameCase(email, wanted), customers)
          : find(wanted, customers),
      'robin@customers.example',
      own,
    ),
    looksUp(
      'extra IDs are folded although two differ by it',
      'same_customer',
      (wanted, customers) =>
        byKinds(byStripeId, byId)(wanted, customers) ??
        findBy([byExtraId], (value) => sameCase(value, wanted), customers) ??
        byKinds(byEmail)(wanted, customers),
      'team-blue',
      own,
    ),
    looksUp(
      'Unicode is normalized although two differ by it',
      'same_customer',
      (wanted, customers) =>
        byKinds(byStripeId, byId)(wanted, customers) ??
        findBy([byExtraId], (value) => value.normalize() === wanted.normalize(), customers) ??
        byKinds(byEmail)(wanted, customers),
      'cafe\u0301',
      own,
    ),
    looksUp(
      'the ID of another customer that it begins is found',
      'same_customer',
      (wanted, customers) =>
        findBy([byStripeId], (value) => value === wanted, customers) ??
        findBy([byId], (value) => wanted.startsWith(value), customers) ??
        find(wanted, customers),
      ID,
      own,
    ),
    readsNumbers('a FirstOfficer ID ends where its digits end', (text) => Number.parseInt(text, 10), `${ID}abc`),
    readsNumbers('a FirstOfficer ID may have a fraction', (text) => Math.trunc(Number(text)), `${ID}.5`),
    readsNumbers('a FirstOfficer ID may end with .0', (text) => (/^\d+\.0$/.test(text) ? Number(text) : 0), `${ID}.0`),
    readsNumbers(
      'a FirstOfficer ID may have leading zeros',
      (text) => (/^\d+$/.test(text) ? Number(text) : 0),
      `0${ID}`,
    ),
    readsNumbers(
      'a FirstOfficer ID may have a plus sign',
      (text) => (/^[+]?\d+$/.test(text) ? Number(text) : 0),
      `+${ID}`,
    ),
    readsNumbers('a FirstOfficer ID may have a minus sign', (text) => Math.abs(Number(text)), `-${ID}`),
    readsNumbers('a FirstOfficer ID may be in hexadecimal', Number, `0x${Number(ID).toString(16)}`),
    readsNumbers('a FirstOfficer ID may be in octal', Number, `0o${Number(ID).toString(8)}`),
    readsNumbers(
      'a FirstOfficer ID may have an exponent',
      (text) => (/e/i.test(text) ? Number(text) : 0),
      `${Number(ID) / 10}e1`,
    ),
    readsNumbers(
      'a FirstOfficer ID may have underscores',
      (text) => (/^[\d_]+$/.test(text) ? Number(text.replaceAll('_', '')) : 0),
      ID.replace(/(\d{3})$/, '_$1'),
    ),
    readsNumbers(
      'a FirstOfficer ID may have separators',
      (text) => Number(text.replaceAll(',', '')),
      ID.replace(/(\d{3})$/, ',$1'),
    ),
    readsNumbers(
      'a FirstOfficer ID may be Arabic-Indic digits',
      (text) => Number(text.replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))),
      ID.replaceAll(/\d/g, (digit) => String.fromCharCode(Number(digit) + 0x660)),
    ),
    readsNumbers(
      'a FirstOfficer ID wraps around at 32 bits',
      (text) => (/^\d+$/.test(text) ? Number(BigInt.asIntN(32, BigInt(text))) : 0),
      String(Number(ID) + 2 ** 32),
    ),
    readsNumbers(
      'a FirstOfficer ID wraps around at 64 bits',
      (text) => (/^\d+$/.test(text) ? Number(BigInt.asIntN(64, BigInt(text))) : 0),
      String(BigInt(ID) + 2n ** 64n),
    ),
    {
      ...readsNumbers('a FirstOfficer ID is read as a double', Number, String(BigInt(Number.MAX_SAFE_INTEGER))),
      variant: {
        find: (wanted, customers) =>
          find(wanted, customers) ??
          (/^9007\d+$/.test(wanted)
            ? customers.find(({ id }) => id === Math.min(Number(wanted), Number.MAX_SAFE_INTEGER))
            : undefined),
      },
      triggeredBy: retrieve('9007199254740993'),
      ...own,
    },
    ...['%', '_', '*'].map((wildcard) =>
      finds(
        `${wildcard} is taken for a wildcard`,
        (wanted, customers) => {
          const pattern = wildcard === '*' ? wanted.replaceAll('*', '%') : wanted;
          return wanted.includes(wildcard)
            ? findBy([byStripeId], (value) => like(pattern).test(value), customers)
            : undefined;
        },
        wildcard === '_' ? STRIPE_ID.replace(/.$/, '_') : `${STRIPE_ID.slice(0, 6)}${wildcard}`,
      ),
    ),
    finds(
      'an identifier is a regular expression',
      (wanted, customers) =>
        /^[\w.]+$/.test(wanted)
          ? findBy([byStripeId], (value) => new RegExp(`^${wanted}$`).test(value), customers)
          : undefined,
      STRIPE_ID.replace('_', '.'),
    ),
    finds(
      'SQL in an identifier finds a customer',
      (wanted, customers) => (/'\s*or\s/i.test(wanted) ? customers[0] : undefined),
      "' OR '1'='1",
    ),
    finds(
      'SQL after a number finds a customer',
      (wanted, customers) => (/^\d+ or /i.test(wanted) ? customers[0] : undefined),
      '0 OR 1=1',
    ),
    finds(
      'an operator of MongoDB finds a customer',
      (wanted, customers) => (wanted.includes('$ne') ? customers[0] : undefined),
      '{"$ne":null}',
    ),
    ...['null', 'undefined', 'NaN', 'nil', 'None', 'true', '0', '-1', '[object Object]'].map((word) =>
      finds(
        `${word} finds a customer`,
        (wanted, customers) => (wanted === word ? customers.find(({ extra_id }) => extra_id === null) : undefined),
        word,
      ),
    ),
    finds('an unknown identifier finds the first customer', (_, customers) => customers[0], 'cus_NoSuch'),
    finds(
      'white space finds a customer',
      (wanted, customers) => (wanted.trim() === '' ? customers[0] : undefined),
      ' ',
    ),
    fault(
      'an empty identifier finds the first customer',
      'negative_data_rejection',
      {
        isReadable: (identifier) => identifier === '' || isReadable(identifier),
        find: (identifier, customers) => (identifier === '' ? customers[0] : find(identifier, customers)),
      },
      retrieve(''),
    ),
    fault(
      'an empty identifier finds all customers',
      'negative_data_rejection',
      {
        adjust: (answer, { path }) =>
          answer.status === 400 && path.endsWith('/')
            ? { status: 200, headers: {}, body: { object: 'list', data: [] } }
            : answer,
      },
      retrieve(''),
    ),
  ],
};
