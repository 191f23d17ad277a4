import { afterAll, describe, expect, test } from 'vitest';
import {
  createRawRequest,
  createRequest,
  createRequestWithAuth,
  type Fault,
  formatBasic,
  formatToken,
  foundBy,
  type LegitimateVariant,
  type TestRequest,
} from '../selftest/fault.ts';
import {
  EXAMPLE_CUSTOMERS,
  faultGroups,
  KNOWN_CUSTOMERS,
  legitimateVariants,
  startServer,
  TOKEN,
} from '../selftest/index.ts';
import { museumFaultGroups } from '../selftest/museum/index.ts';
import { examples, getIdentifier } from '../selftest/server/description.ts';
import { ALL_CHECKS } from '../src/run/plan.ts';
import { exchange, parse } from './raw-exchange.ts';

const correct = await startServer();
afterAll(() => correct.close());

const encodeEveryByte = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const send = async (...requests: readonly TestRequest[]) => parse((await exchange(correct.url, requests)).received);

describe('the correct server', () => {
  test.each(examples)('answers the example $name as documented', async ({ identifier, status, body }) => {
    const answer = await send(createRequest(identifier));

    expect(answer.status).toBe(status);
    expect(answer.json).toEqual(body);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.body)));
  });

  test('has the customers of the examples', () => {
    expect(EXAMPLE_CUSTOMERS.length).toBeGreaterThan(0);
    expect(KNOWN_CUSTOMERS).toEqual(expect.arrayContaining([...EXAMPLE_CUSTOMERS]));
    for (const { identifier } of examples.filter(({ status }) => status === 200)) {
      const identifiers = EXAMPLE_CUSTOMERS.flatMap((customer) => customer.identifiers.map(({ value }) => value));
      expect(identifiers).toContain(identifier);
    }
  });

  test('returns each customer by each of its identifiers', async () => {
    for (const { identifiers, expected } of KNOWN_CUSTOMERS) {
      expect(identifiers.length).toBeGreaterThan(0);
      for (const { value } of identifiers) expect((await send(createRequest(value))).json).toMatchObject(expected);
    }
  });

  test.each([
    ['a Stripe ID to an extra ID', 'acct-7001', 2_000_102],
    ['a Stripe ID to an email address', 'imported@customers.example', 2_000_104],
    ['a Stripe ID to a FirstOfficer ID', '2000105', 2_000_106],
    ['a FirstOfficer ID to an extra ID', '2000112', 2_000_112],
    ['an extra ID to an email address', 'both@customers.example', 2_000_114],
    ['the lowest ID for a shared extra ID', 'shared-extra', 2_000_010],
    ['the lowest ID for a shared email address', 'shared@customers.example', 2_000_020],
  ])('prefers %s', async (_, identifier, id) => {
    expect((await send(createRequest(identifier))).json).toMatchObject({ id });
  });

  test.each([
    ['an empty segment', ''],
    ['%ZZ', '%ZZ'],
    ['%4', '%4'],
    ['%', 'a%'],
    ['invalid UTF-8', '%FF'],
    ['incomplete UTF-8', '%C3'],
    ['overlong UTF-8', '%C0%AF'],
    ['a surrogate', '%ED%A0%80'],
    ['a code point above U+10FFFF', '%F4%90%80%80'],
    ['1,025 characters', 'x'.repeat(1025)],
    ['1,025 characters of four bytes', encodeURIComponent('🦆'.repeat(1025))],
    ['64 KB', 'x'.repeat(65_536)],
  ])('answers 400 to %s', async (_, segment) => {
    expect((await send(createRawRequest(segment))).status).toBe(400);
    expect((await send({ ...createRawRequest(segment), headers: {} })).status, 'without a key').toBe(401);
  });

  test.each([
    ['1,024 characters', 'x'.repeat(1024)],
    ['1,024 characters of three bytes', encodeURIComponent('東'.repeat(1024))],
    ['a NUL', '%00'],
    ['a plus sign instead of a space', 'a%2Bb%20'],
    ['another letter case', getIdentifier('stripe_id').toUpperCase().replace('CUS', 'Cus')],
    ['leading zeros', `0${getIdentifier('firstofficer_id')}`],
    ['an identifier that is encoded twice', encodeURIComponent(encodeURIComponent(getIdentifier('email')))],
    ['two dots', '..'],
    ['a slash at the end', `${getIdentifier('stripe_id')}%2F`],
  ])('answers 404 to %s', async (_, segment) => {
    const answer = await send(createRawRequest(segment));

    expect(answer.status).toBe(404);
    expect(answer.json).toMatchObject({ error: { param: 'customer' } });
    expect((await send({ ...createRawRequest(segment), headers: {} })).status, 'without a key').toBe(401);
  });

  test.each([
    ['percent-encoding in lower case', encodeURIComponent(getIdentifier('email')).toLowerCase()],
    ['only the necessary percent-encoding', getIdentifier('email')],
    ['unnecessary percent-encoding', encodeEveryByte(getIdentifier('email'))],
    ['a query', `${getIdentifier('stripe_id')}?a=%ZZ&customer=x`],
    ['an empty query', `${getIdentifier('stripe_id')}?`],
  ])('accepts a path with %s', async (_, segment) => {
    expect((await send(createRawRequest(segment))).status).toBe(200);
  });

  test.each([
    ['a request without Authorization', undefined],
    ['an empty Authorization', ''],
    ['a scheme without credentials', 'Basic'],
    ['an empty key in Basic', formatBasic(':')],
    ['an empty key in Token', formatToken('')],
    ['a wrong key', formatToken('wrong')],
    ['the beginning of the key', formatToken(TOKEN.slice(0, -1))],
    ['the key with a suffix', formatToken(`${TOKEN}x`)],
    ['the key in upper case', formatToken(TOKEN.toUpperCase())],
    ['a password', formatBasic(`${TOKEN}:x`)],
    ['the key as password', formatBasic(`:${TOKEN}`)],
    ['credentials without a colon', formatBasic(TOKEN)],
    ['malformed base64', `${formatBasic(`${TOKEN}:`)}!`],
    ['base64 without its padding', formatBasic(`${TOKEN}:`).replace(/=+$/, '')],
    ['Bearer', `Bearer ${TOKEN}`],
    ['the key without a scheme', TOKEN],
    ['a token without quotation marks', `Token token=${TOKEN}`],
    ['both forms in one header', `${formatToken(TOKEN)}, ${formatBasic(`${TOKEN}:`)}`],
  ])('rejects %s', async (_, value) => {
    const answer = await send(createRequestWithAuth(value));

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="FirstOfficer", Token realm="FirstOfficer"');
    expect((await send({ ...createRequestWithAuth(value), method: 'POST' })).status).toBe(401);
  });

  test.each([
    ['Basic', formatBasic(`${TOKEN}:`)],
    ['basic in lower case', formatBasic(`${TOKEN}:`).replace('Basic', 'basic')],
    ['Token', formatToken(TOKEN)],
    ['token in upper case', formatToken(TOKEN).replace('Token', 'TOKEN')],
  ])('accepts the key as %s', async (_, value) => {
    expect((await send(createRequestWithAuth(value))).status).toBe(200);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'BREW', 'get'])(
    'answers 405 to %s',
    async (method) => {
      const answer = await send(createRequest(undefined, { method }));

      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
      expect(answer.json).toMatchObject({ error: { type: 'invalid_request_error' } });
      expect((await send({ ...createRequest(), method, headers: {} })).status, 'without a key').toBe(401);
    },
  );

  test.each([
    ['200', createRequest()],
    ['400', createRawRequest('%ZZ')],
    ['401', createRequestWithAuth(undefined)],
    ['404', createRequest('cus_NoSuch')],
  ])('answers HEAD with the status and headers of GET: %s', async (_, request) => {
    const get = await send(request);
    const head = await send({ ...request, method: 'HEAD' });

    expect({ ...head, json: null }).toEqual({ ...get, body: '', json: null });
  });

  test.each(['text/html', 'application/xml', '*', ''])('ignores Accept: %s', async (Accept) => {
    expect(await send(createRequest(undefined, { headers: { Accept } }))).toEqual(await send(createRequest()));
  });
});

// A server on loopback that answers at all does so within this time.
const SHORT_MS = 300;

describe.each(faultGroups)('$name', ({ faults }) => {
  test.concurrent.each<Fault>(faults)(
    'the server that $name does not respond like the correct server',
    async ({ variant, triggeredBy = createRequest(), hangs = false }) => {
      const requests = [triggeredBy].flat();
      await using faulty = await startServer(variant);
      const right = await exchange(correct.url, requests);
      const wrong = await exchange(faulty.url, requests, hangs ? SHORT_MS : undefined);

      expect(right.isComplete).toBe(true);
      if (hangs) expect(wrong.isComplete).toBe(false);
      else expect(wrong.received.equals(right.received), 'the responses are the same').toBe(false);
    },
  );
});

describe('all servers', () => {
  const faults = faultGroups.flatMap((group) => group.faults);

  test('the checks of each fault exist', () => {
    const names = ALL_CHECKS.map(({ name }) => name);

    for (const { name, checks } of faults) {
      expect(checks.length, name).toBeGreaterThan(0);
      expect(names, name).toEqual(expect.arrayContaining([...checks]));
    }
  });

  test('each check has a fault that it must report', () => {
    const museumFaults = museumFaultGroups.flatMap((group) => group.faults);
    const reported = [...faults, ...museumFaults].flatMap(({ checks }) => checks);

    expect(ALL_CHECKS.map(({ name }) => name).filter((name) => !reported.includes(name))).toEqual([]);
  });

  test('each server has a unique name', () => {
    const names = [...faults, ...legitimateVariants].map(({ name }) => name);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('two faults of one check cannot have the same name', () => {
    const crashes = { variant: {} };

    expect(() => foundBy('json_syntax', [{ crashes }, { crashes }])).toThrow('Two faults have the name "crashes"');
  });

  test.concurrent.each<LegitimateVariant>(legitimateVariants)(
    'the server that $name answers 200 with a complete response',
    async ({ variant }) => {
      await using server = await startServer(variant);
      const { received, isComplete } = await exchange(server.url, [createRequest()]);

      expect(isComplete).toBe(true);
      expect(received.toString()).toContain('HTTP/1.1 200 ');
    },
  );
});
