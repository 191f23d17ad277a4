import {
  createRequest,
  createServers,
  EMAIL,
  EXTRA_ID,
  type FaultGroup,
  type FaultTable,
  type FaultyServer,
  foundBy,
  ID,
  STRIPE_ID,
} from '../fault.ts';
import { CORRECT } from '../server/correct.ts';
import { PREFIX } from '../server/description.ts';
import type { Find } from '../server/steps.ts';
import { changeAnswers, createSuccess } from '../variants.ts';
import { byEmail, byExtraId, byId, byStripeId, createLookup, find, findBy, finds, KINDS, looksUp } from './lookup.ts';

/** Returns a server that changes an unknown identifier and looks it up again. */
function normalizes(identifier: string, change: (identifier: string) => string): FaultyServer {
  return finds(identifier, (wanted, customers) => find(change(wanted), customers));
}

/** Returns a server that removes all matches from an unknown identifier and looks it up again. */
const removes = (identifier: string, pattern: RegExp) =>
  normalizes(identifier, (wanted) => wanted.replaceAll(pattern, ''));

/** Returns a server that parses FirstOfficer IDs as a programming language or a database does. */
function parses(identifier: string, parse: (text: string) => number): FaultyServer {
  return finds(identifier, (wanted, customers) => customers.find(({ id }) => id === parse(wanted)));
}

/** Returns a parser that returns 0, which is not a FirstOfficer ID, for texts that do not match. */
const createParser =
  (pattern: RegExp, parse: (text: string) => number = Number) =>
  (text: string) =>
    pattern.test(text) ? parse(text) : 0;

/** Returns a server that applies `change` to two email addresses before it compares them. */
function comparesEmails(identifier: string, change: (email: string) => string): FaultyServer {
  return finds(identifier, (wanted, customers) =>
    wanted.includes('@') ? findBy([byEmail], (email) => change(email) === change(wanted), customers) : undefined,
  );
}

/** Returns a server that compares extra IDs differently. */
function comparesExtraIds(identifier: string, matches: (value: string, wanted: string) => boolean): FaultyServer {
  return looksUp(
    identifier,
    (wanted, customers) =>
      createLookup(byStripeId, byId)(wanted, customers) ??
      findBy([byExtraId], (value) => matches(value, wanted), customers) ??
      createLookup(byEmail)(wanted, customers),
  );
}

/** Returns a server that finds the first customer by some identifiers that no customer has. */
function findsAny(identifier: string, isFound: (wanted: string) => boolean): FaultyServer {
  return finds(identifier, (wanted, customers) => (isFound(wanted) ? customers[0] : undefined));
}

/** Returns a server that finds a customer without an extra ID by this word. */
function findsWord(word: string): FaultyServer {
  return finds(word, (wanted, customers) =>
    wanted === word ? customers.find(({ extra_id }) => extra_id === null) : undefined,
  );
}

/** Returns a server that treats identifiers of this form as patterns of Stripe IDs. */
function findsPattern(identifier: string, isPattern: RegExp, toRegExp: (wanted: string) => RegExp): FaultyServer {
  return finds(identifier, (wanted, customers) =>
    isPattern.test(wanted) ? findBy([byStripeId], (value) => toRegExp(wanted).test(value), customers) : undefined,
  );
}

/** Converts a SQL LIKE pattern to a regular expression. */
function convertLikePattern(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'su');
}

const equalsIgnoringCase = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Returns servers that compare one kind of identifiers incorrectly. */
function createComparisonFaults({ plural, kind, identifier }: (typeof KINDS)[number]): FaultTable {
  const matching =
    (matches: (value: string, wanted: string) => boolean): Find =>
    (wanted, customers) =>
      wanted === '' ? undefined : findBy([kind], (value) => matches(value, wanted), customers);
  const upper = identifier.toUpperCase();
  return {
    [`finds customers by the beginning of ${plural}`]: finds(
      identifier.slice(0, -1),
      matching((value, wanted) => value.startsWith(wanted)),
    ),
    [`finds customers by the end of ${plural}`]: finds(
      identifier.slice(1),
      matching((value, wanted) => value.endsWith(wanted)),
    ),
    [`ignores characters after ${plural}`]: finds(
      `${identifier}x`,
      matching((value, wanted) => value.length > 3 && wanted.startsWith(value)),
    ),
    [`ignores white space around ${plural}`]: finds(
      ` ${identifier}`,
      matching((value, wanted) => value === wanted.trim()),
    ),
    ...(kind !== byId && {
      [`ignores the case of ${plural}`]: finds(
        upper === identifier ? identifier.toLowerCase() : upper,
        matching(equalsIgnoringCase),
      ),
    }),
  };
}

/** Returns the example ID in the digits of another script, whose digit 0 has this code. */
const replaceDigits = (zero: number) => ID.replaceAll(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
const ARABIC_INDIC_ZERO = 0x660;
const FULL_WIDTH_ZERO = 0xff10;

export const exactMatch: FaultGroup = {
  name: 'exact match',
  faults: [
    ...foundBy('exact_match', [
      ...KINDS.map(createComparisonFaults),
      ...createServers(
        ['null', 'undefined', 'NaN', 'nil', 'None', 'true', 'me', '0', '-1', '[object Object]'],
        (word) => `finds a customer by the identifier ${word}`,
        findsWord,
      ),
      {
        'removes a line break at the end': removes(`${STRIPE_ID}\n`, /\n$/g),
        'removes spaces at the end, as CHAR columns do': removes(`${STRIPE_ID}  `, / +$/g),
        'ignores everything after a NUL': removes(`${STRIPE_ID}\0x`, /\0.*$/gs),
        'reads the end of an identifier as a file format': removes(`${STRIPE_ID}.json`, /\.\w+$/g),
        'ignores everything after a semicolon': removes(`${STRIPE_ID};v=2`, /;.*$/gs),
        'ignores everything after a comma': removes(`${STRIPE_ID},${ID}`, /,.*$/gs),
        'ignores everything after a slash': removes(`${STRIPE_ID}/subscriptions`, /\/.*$/gs),
        'ignores everything after an encoded question mark': removes(`${STRIPE_ID}?x`, /\?.*$/gs),
        'ignores everything after a number sign': removes(`${STRIPE_ID}#x`, /#.*$/gs),
        'removes quotation marks': removes(`"${STRIPE_ID}"`, /^["']|["']$/g),
        'removes brackets': removes(`<${EMAIL}>`, /^[<[{]|[>\]}]$/g),
        'removes mailto:': removes(`mailto:${EMAIL}`, /^mailto:/g),
        'removes hyphens': removes(STRIPE_ID.replace('A', '-A'), /-/g),
        'removes zero-width spaces': removes(`\u200b${STRIPE_ID}`, /\u200b|\ufeff/g),
        'removes no-break spaces': removes(`${STRIPE_ID}\u00a0`, /\u00a0/g),
        'removes control characters': removes(`cus\t${STRIPE_ID.slice(3)}`, /\p{Cc}/gu),
        'removes backslashes': removes(STRIPE_ID.replace('_', '\\_'), /\\/g),
        'adds a missing cus_': normalizes(STRIPE_ID.replace('cus_', ''), (identifier) => `cus_${identifier}`),
        'replaces punctuation by underscores': normalizes(STRIPE_ID.replace('_', ':'), (identifier) =>
          identifier.replaceAll(/\W/g, '_'),
        ),
        'reads full-width digits as digits': normalizes(replaceDigits(FULL_WIDTH_ZERO), (identifier) =>
          identifier.normalize('NFKC'),
        ),
        'reads full-width letters as letters': normalizes(STRIPE_ID.replace('c', '\uff43'), (identifier) =>
          identifier.normalize('NFKC'),
        ),
        'removes accents': normalizes(EXTRA_ID.replace('o', 'ö'), (identifier) =>
          identifier.normalize('NFD').replaceAll(/\p{M}/gu, ''),
        ),
        'decodes HTML entities': normalizes(STRIPE_ID.replace('_', '&#95;'), (identifier) =>
          identifier.replaceAll('&#95;', '_'),
        ),
        'ignores the subaddress of an email address': comparesEmails(EMAIL.replace(/\+[^@]*@/, '@'), (email) =>
          email.replace(/\+[^@]*@/, '@'),
        ),
        'ignores dots in the local part of an email address': comparesEmails(EMAIL.replace(/^(.)/, '$1.'), (email) =>
          email.replaceAll(/\.(?=.*@)/g, ''),
        ),
        'ignores the case of the domain of an email address': finds(
          EMAIL.replace(/@.*$/, (domain) => domain.toUpperCase()),
          (wanted, customers) =>
            createLookup(byEmail)(
              wanted.replace(/@.*$/, (domain) => domain.toLowerCase()),
              customers,
            ),
        ),
        'ignores a dot after the domain of an email address': finds(`${EMAIL}.`, (wanted, customers) =>
          findBy([byEmail], (email) => `${email}.` === wanted, customers),
        ),
        'ignores characters after the digits of a FirstOfficer ID': parses(`${ID}abc`, (text) =>
          Number.parseInt(text, 10),
        ),
        'accepts a fraction in a FirstOfficer ID': parses(`${ID}.5`, (text) => Math.trunc(Number(text))),
        'accepts .0 in a FirstOfficer ID': parses(`${ID}.0`, createParser(/^\d+\.0$/)),
        'accepts leading zeros in a FirstOfficer ID': parses(`0${ID}`, createParser(/^\d+$/)),
        'accepts a plus sign in a FirstOfficer ID': parses(`+${ID}`, createParser(/^[+]?\d+$/)),
        'accepts a minus sign in a FirstOfficer ID': parses(`-${ID}`, (text) => Math.abs(Number(text))),
        'accepts a FirstOfficer ID in hexadecimal': parses(`0x${Number(ID).toString(16)}`, Number),
        'accepts a FirstOfficer ID in octal': parses(`0o${Number(ID).toString(8)}`, Number),
        'accepts an exponent in a FirstOfficer ID': parses(`${Number(ID) / 10}e1`, createParser(/e/i)),
        'accepts underscores in a FirstOfficer ID': parses(
          ID.replace(/(\d{3})$/, '_$1'),
          createParser(/^[\d_]+$/, (text) => Number(text.replaceAll('_', ''))),
        ),
        'accepts thousands separators in a FirstOfficer ID': parses(ID.replace(/(\d{3})$/, ',$1'), (text) =>
          Number(text.replaceAll(',', '')),
        ),
        'accepts Arabic-Indic digits in a FirstOfficer ID': parses(replaceDigits(ARABIC_INDIC_ZERO), (text) =>
          Number(text.replaceAll(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_INDIC_ZERO))),
        ),
        'truncates a FirstOfficer ID to 32 bits': parses(
          String(Number(ID) + 2 ** 32),
          createParser(/^\d+$/, (text) => Number(BigInt.asIntN(32, BigInt(text)))),
        ),
        'truncates a FirstOfficer ID to 64 bits': parses(
          String(BigInt(ID) + 2n ** 64n),
          createParser(/^\d+$/, (text) => Number(BigInt.asIntN(64, BigInt(text)))),
        ),
        'parses a FirstOfficer ID as a double': {
          ...parses(
            '9007199254740993',
            createParser(/^9007\d+$/, (text) => Math.min(Number(text), Number.MAX_SAFE_INTEGER)),
          ),
          onlyKnownCustomers: true,
        },
        'reads % as a wildcard': findsPattern(`${STRIPE_ID.slice(0, 6)}%`, /%/, convertLikePattern),
        'reads _ as a wildcard': findsPattern(STRIPE_ID.replace(/.$/, '_'), /_/, convertLikePattern),
        'reads * as a wildcard': findsPattern(`${STRIPE_ID.slice(0, 6)}*`, /\*/, (wanted) =>
          convertLikePattern(wanted.replaceAll('*', '%')),
        ),
        'reads an identifier as a regular expression': findsPattern(
          STRIPE_ID.replace('_', '.'),
          /^[\w.]+$/,
          (wanted) => new RegExp(`^${wanted}$`),
        ),
        'executes SQL in an identifier': findsAny("' OR '1'='1", (wanted) => /'\s*or\s/i.test(wanted)),
        'executes SQL after a number': findsAny('0 OR 1=1', (wanted) => /^\d+ or /i.test(wanted)),
        'executes a MongoDB operator': findsAny('{"$ne":null}', (wanted) => wanted.includes('$ne')),
        'finds the first customer by an unknown identifier': findsAny('cus_NoSuch', () => true),
        'finds a customer by white space': findsAny(' ', (wanted) => wanted.trim() === ''),
      },
    ]),
    ...foundBy(
      'same_customer',
      {
        'ignores case in email addresses although two differ only in case': looksUp(
          'robin@customers.example',
          (wanted, customers) =>
            wanted.includes('@')
              ? findBy([byEmail], (email) => equalsIgnoringCase(email, wanted), customers)
              : find(wanted, customers),
        ),
        'ignores case in extra IDs although two differ only in case': comparesExtraIds('team-blue', equalsIgnoringCase),
        'normalizes Unicode although two extra IDs differ only in normalization': comparesExtraIds(
          'cafe\u0301',
          (value, wanted) => value.normalize() === wanted.normalize(),
        ),
        'finds another customer whose FirstOfficer ID is a prefix': looksUp(
          ID,
          (wanted, customers) =>
            createLookup(byStripeId)(wanted, customers) ??
            findBy([byId], (value) => wanted.startsWith(value), customers) ??
            find(wanted, customers),
        ),
      },
      { onlyKnownCustomers: true },
    ),
    ...foundBy(
      'example_conformance',
      {
        'finds the first customer by an empty identifier': {
          variant: {
            isValid: (identifier) => identifier === '' || CORRECT.isValid(identifier),
            find: (identifier, customers) => (identifier === '' ? customers[0] : find(identifier, customers)),
          },
        },
        'returns a list of customers for an empty identifier': {
          variant: changeAnswers(
            ({ status }, { path }) => status === 400 && path === PREFIX,
            createSuccess({ object: 'list', data: [] }),
          ),
        },
      },
      { triggeredBy: createRequest('') },
    ),
  ],
};
