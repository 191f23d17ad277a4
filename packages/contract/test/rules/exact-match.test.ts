import { describe, expect, type TestContext, test } from 'vitest';
import type { Identified } from '../../src/customers/stored-customer.ts';
import { localServer } from '../local-server.ts';
import { errorsIn, verify } from '../verify.ts';
import { customersServer, exactly, identifiersOf, JANE, JOHN, known } from './customers-server.ts';

const CUSTOMERS = [known(JANE, 'stripe_id', 'id', 'extra_id', 'email')];

async function errors(context: TestContext, find: (identifier: string, segment: string) => Identified | undefined) {
  const url = await customersServer(context, find);
  return errorsIn(await verify({ url, customers: CUSTOMERS, only: ['exact_match'] }));
}

/** Returns a lookup that changes the identifier first. */
const changing = (read: (identifier: string) => string) => (identifier: string) =>
  exactly(JANE, JOHN)(read(identifier));

test('an exact match has no violations', async (context) => {
  expect(await errors(context, exactly(JANE, JOHN))).toEqual([]);
});

describe('the check finds a server that', () => {
  test.for<[string, (identifier: string) => Identified | undefined]>([
    [
      'ignores case',
      (text) => [JANE].find((one) => identifiersOf(one).some((own) => own.toLowerCase() === text.toLowerCase())),
    ],
    [
      'compares only the beginning',
      (text) => [JANE].find((one) => identifiersOf(one).some((own) => own.startsWith(text))),
    ],
    ['compares only the end', (text) => [JANE].find((one) => identifiersOf(one).some((own) => own.endsWith(text)))],
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
    ['returns the first customer for null', (text) => (text === 'null' ? JANE : exactly(JANE)(text))],
  ])('%s', async ([, find], context) => {
    expect((await errors(context, find)).map(({ check }) => check)).toContain('exact_match');
  });
});

describe('an email address that differs from a known one only in case', () => {
  const other = 'JANE.D+X@example.com';

  test('may retrieve another customer', async (context) => {
    expect(await errors(context, exactly(JANE, { ...JOHN, email: other }))).toEqual([]);
  });

  test('must not retrieve the same customer', async (context) => {
    const found = await errors(context, (identifier) => exactly(JANE)(identifier === other ? JANE.email : identifier));

    expect(found).toMatchObject([{ expected: 'status 404, or another customer' }]);
  });
});

test('the check finds an identifier that causes a 500', async (context) => {
  const url = await localServer(context, ({ url: target = '' }, response) =>
    response.writeHead(target.includes("'") ? 500 : 404).end(),
  );
  const found = errorsIn(await verify({ url, customers: CUSTOMERS, only: ['exact_match'] }));

  expect(found.map(({ actual }) => actual)).toContain('status 500 for GET');
});
