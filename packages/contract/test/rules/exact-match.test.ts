import { describe, expect, type TestContext, test } from 'vitest';
import { localServer } from '../local-server.ts';
import { errorsIn, verify } from '../verify.ts';
import { customersServer, exactly, identifiersOf, JANE, JOHN, known, type Stored } from './customers-server.ts';

const CUSTOMERS = [known(JANE, 'stripe_id', 'id', 'extra_id', 'email')];

async function errors(context: TestContext, find: (identifier: string, segment: string) => Stored | undefined) {
  const url = await customersServer(context, find);
  return errorsIn(await verify({ url, customers: CUSTOMERS, only: ['exact_match'] }));
}

/** Starts a server that changes the identifier before the lookup. */
const reading = (read: (identifier: string) => string) => (identifier: string) => exactly(JANE, JOHN)(read(identifier));

test('a server that matches exactly is found to', async (context) => {
  expect(await errors(context, exactly(JANE, JOHN))).toEqual([]);
});

describe('a stranger is found to see a customer where identifiers', () => {
  test.for<[string, (identifier: string) => Stored | undefined]>([
    [
      'have no case',
      (text) => [JANE].find((one) => identifiersOf(one).some((own) => own.toLowerCase() === text.toLowerCase())),
    ],
    ['need only begin alike', (text) => [JANE].find((one) => identifiersOf(one).some((own) => own.startsWith(text)))],
    ['need only end alike', (text) => [JANE].find((one) => identifiersOf(one).some((own) => own.endsWith(text)))],
    ['are trimmed', reading((text) => text.trim())],
    ['end at a NUL', reading((text) => text.split('\0')[0] ?? '')],
    ['are read as numbers', reading((text) => (/^cus/.test(text) ? text : String(Number(text))))],
    ['are numbers until something else comes', reading((text) => String(Number.parseInt(text, 10)))],
    ['are decoded twice', reading((text) => (/^(%[0-9a-f]{2})+$/.test(text) ? decodeURIComponent(text) : text))],
    ['are normalised', reading((text) => text.normalize('NFKC'))],
    ['are paths', reading((text) => text.split('/').at(-1) ?? '')],
    ['are all the same', () => JANE],
    ['that stand for nobody stand for the first one', (text) => (text === 'null' ? JANE : exactly(JANE)(text))],
  ])('%s', async ([, find], context) => {
    expect((await errors(context, find)).map(({ check }) => check)).toContain('exact_match');
  });
});

describe('an email address that resembles a known one', () => {
  const other = 'JANE.D+X@example.com';

  test('may be that of another customer', async (context) => {
    expect(await errors(context, exactly(JANE, { ...JOHN, email: other }))).toEqual([]);
  });

  test('must not be that of the same one', async (context) => {
    const found = await errors(context, (identifier) =>
      exactly(JANE)(identifier === other ? (JANE.email ?? '') : identifier),
    );

    expect(found).toMatchObject([{ expected: 'status 404, or another customer' }]);
  });
});

test('an identifier that a server stumbles over is found', async (context) => {
  const url = await localServer(context, ({ url: target = '' }, response) =>
    response.writeHead(target.includes("'") ? 500 : 404).end(),
  );
  const found = errorsIn(await verify({ url, customers: CUSTOMERS, only: ['exact_match'] }));

  expect(found.map(({ actual }) => actual)).toContain('GET was answered 500');
});
