import { describe, expect, type TestContext, test } from 'vitest';
import { localServer } from '../local-server.ts';
import { errorsIn, verify } from '../verify.ts';
import { type Find, findErrors, JANE, JOHN, known, listIdentifiers, matchExactly } from './customers-server.ts';

const check = (context: TestContext, find: Find) => findErrors(context, 'exact_match', { find });

/** Returns a lookup that changes the identifier first. */
const changing =
  (change: (identifier: string) => string): Find =>
  (identifier) =>
    matchExactly(JANE, JOHN)(change(identifier));

/** Returns a lookup of Jane by any identifier of hers that matches. */
const matching =
  (matches: (own: string, identifier: string) => boolean): Find =>
  (identifier) =>
    listIdentifiers(JANE).some((own) => matches(own, identifier)) ? JANE : undefined;

test('exact_match allows exact matches', async (context) => {
  expect(await check(context, matchExactly(JANE, JOHN))).toEqual([]);
});

describe('exact_match finds a server that', () => {
  test.for<[string, Find]>([
    ['ignores case', matching((own, text) => own.toLowerCase() === text.toLowerCase())],
    ['compares only the beginning', matching((own, text) => own.startsWith(text))],
    ['compares only the end', matching((own, text) => own.endsWith(text))],
    ['trims identifiers', changing((text) => text.trim())],
    ['ends identifiers at a NUL', changing((text) => text.split('\0')[0] ?? '')],
    ['converts identifiers to numbers', changing((text) => (/^cus/.test(text) ? text : String(Number(text))))],
    ['parses the digits at the beginning as a number', changing((text) => String(Number.parseInt(text, 10)))],
    [
      'decodes identifiers twice',
      changing((text) => (/^(%[0-9a-f]{2})+$/.test(text) ? decodeURIComponent(text) : text)),
    ],
    ['normalizes Unicode', changing((text) => text.normalize('NFKC'))],
    ['resolves identifiers as paths', changing((text) => text.split('/').at(-1) ?? '')],
    ['returns the same customer for each identifier', () => JANE],
    ['returns the first customer for null', (text) => (text === 'null' ? JANE : matchExactly(JANE)(text))],
  ])('%s', async ([, find], context) => {
    expect((await check(context, find)).map((finding) => finding.check)).toContain('exact_match');
  });

  test('answers 500 to an identifier', async (context) => {
    const url = await localServer(context, ({ url: target = '' }, response) =>
      response.writeHead(target.includes("'") ? 500 : 404).end(),
    );
    const found = errorsIn(await verify({ url, customers: [known(JANE, 'id')], only: ['exact_match'] }));

    expect(found.map(({ actual }) => actual)).toContain('status 500 for GET');
  });
});

describe('an email address that differs from a known one only in case', () => {
  const other = 'JANE.D+X@example.com';

  test('may retrieve another customer', async (context) => {
    expect(await check(context, matchExactly(JANE, { ...JOHN, email: other }))).toEqual([]);
  });

  test('must not retrieve the same customer', async (context) => {
    const found = await check(context, (identifier) =>
      matchExactly(JANE)(identifier === other ? JANE.email : identifier),
    );

    expect(found).toMatchObject([{ expected: 'status 404, or another customer' }]);
  });
});
