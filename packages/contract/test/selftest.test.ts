import { afterAll, describe, expect, test } from 'vitest';
import {
  authorizedBy,
  basic,
  type Fault,
  type LegitimateVariant,
  retrieve,
  retrieveRaw,
  type TestRequest,
  token,
} from '../selftest/fault.ts';
import { EXAMPLE_CUSTOMERS, groups, KNOWN_CUSTOMERS, legitimate, startServer, TOKEN } from '../selftest/index.ts';
import { example, examples } from '../selftest/server/description.ts';
import { ALL_CHECKS } from '../src/run/plan.ts';
import { exchange, parse } from './raw-exchange.ts';

const correct = await startServer();
afterAll(() => correct.close());

const everyByteEncoded = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const ask = async (...requests: readonly TestRequest[]) => parse((await exchange(correct.url, requests)).received);

describe('the correct server', () => {
  test.each(examples)('answers the example $name as documented', async ({ identifier, status, body }) => {
    const answer = await ask(retrieve(identifier));

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
      for (const { value } of identifiers) expect((await ask(retrieve(value))).json).toMatchObject(expected);
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
    expect((await ask(retrieve(identifier))).json).toMatchObject({ id });
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
    expect((await ask(retrieveRaw(segment))).status).toBe(400);
    expect((await ask({ ...retrieveRaw(segment), headers: {} })).status, 'without a key').toBe(401);
  });

  test.each([
    ['1,024 characters', 'x'.repeat(1024)],
    ['1,024 characters of three bytes', encodeURIComponent('東'.repeat(1024))],
    ['a NUL', '%00'],
    ['a plus sign instead of a space', 'a%2Bb%20'],
    ['another letter case', example('stripe_id').toUpperCase().replace('CUS', 'Cus')],
    ['leading zeros', `0${example('firstofficer_id')}`],
    ['an identifier that is encoded twice', encodeURIComponent(encodeURIComponent(example('email')))],
    ['two dots', '..'],
    ['a slash at the end', `${example('stripe_id')}%2F`],
  ])('answers 404 to %s', async (_, segment) => {
    const answer = await ask(retrieveRaw(segment));

    expect(answer.status).toBe(404);
    expect(answer.json).toMatchObject({ error: { param: 'customer' } });
    expect((await ask({ ...retrieveRaw(segment), headers: {} })).status, 'without a key').toBe(401);
  });

  test.each([
    ['percent-encoding in lower case', encodeURIComponent(example('email')).toLowerCase()],
    ['only the necessary percent-encoding', example('email')],
    ['unnecessary percent-encoding', everyByteEncoded(example('email'))],
    ['a query', `${example('stripe_id')}?a=%ZZ&customer=x`],
    ['an empty query', `${example('stripe_id')}?`],
  ])('accepts a path with %s', async (_, segment) => {
    expect((await ask(retrieveRaw(segment))).status).toBe(200);
  });

  test.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['a scheme without credentials', 'Basic'],
    ['an empty key in Basic', basic(':')],
    ['an empty key in Token', token('')],
    ['a wrong key', token('wrong')],
    ['the beginning of the key', token(TOKEN.slice(0, -1))],
    ['the key with a suffix', token(`${TOKEN}x`)],
    ['the key in upper case', token(TOKEN.toUpperCase())],
    ['a password', basic(`${TOKEN}:x`)],
    ['the key as password', basic(`:${TOKEN}`)],
    ['credentials without a colon', basic(TOKEN)],
    ['malformed base64', `${basic(`${TOKEN}:`)}!`],
    ['base64 without its padding', basic(`${TOKEN}:`).replace(/=+$/, '')],
    ['Bearer', `Bearer ${TOKEN}`],
    ['the key without a scheme', TOKEN],
    ['a token without quotation marks', `Token token=${TOKEN}`],
    ['both forms in one header', `${token(TOKEN)}, ${basic(`${TOKEN}:`)}`],
  ])('rejects %s', async (_, value) => {
    const answer = await ask(authorizedBy(value));

    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="FirstOfficer", Token realm="FirstOfficer"');
    expect((await ask({ ...authorizedBy(value), method: 'POST' })).status).toBe(401);
  });

  test.each([
    ['Basic', basic(`${TOKEN}:`)],
    ['basic in lower case', basic(`${TOKEN}:`).replace('Basic', 'basic')],
    ['Token', token(TOKEN)],
    ['token in upper case', token(TOKEN).replace('Token', 'TOKEN')],
  ])('accepts the key as %s', async (_, value) => {
    expect((await ask(authorizedBy(value))).status).toBe(200);
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'BREW', 'get'])(
    'answers 405 to %s',
    async (method) => {
      const answer = await ask(retrieve(undefined, { method }));

      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
      expect(answer.json).toMatchObject({ error: { type: 'invalid_request_error' } });
      expect((await ask({ ...retrieve(), method, headers: {} })).status, 'without a key').toBe(401);
    },
  );

  test.each([
    ['200', retrieve()],
    ['400', retrieveRaw('%ZZ')],
    ['401', authorizedBy(undefined)],
    ['404', retrieve('cus_NoSuch')],
  ])('answers HEAD with the status and headers of GET: %s', async (_, request) => {
    const get = await ask(request);
    const head = await ask({ ...request, method: 'HEAD' });

    expect({ ...head, json: null }).toEqual({ ...get, body: '', json: null });
  });

  test.each(['text/html', 'application/xml', '*', ''])('ignores Accept: %s', async (Accept) => {
    expect(await ask(retrieve(undefined, { headers: { Accept } }))).toEqual(await ask(retrieve()));
  });
});

// Long enough for a loopback server to answer.
const SHORT_MS = 300;

describe.each(groups)('$name', ({ faults }) => {
  test.concurrent.each<Fault>(faults)(
    'the server that $name does not respond like the correct server',
    async ({ variant, triggeredBy = retrieve(), hangs = false }) => {
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
  const faults = groups.flatMap((group) => group.faults);

  test('each fault names checks that exist', () => {
    const names = ALL_CHECKS.map(({ name }) => name);

    for (const { name, checks } of faults) {
      expect(checks.length, name).toBeGreaterThan(0);
      expect(names, name).toEqual(expect.arrayContaining([...checks]));
    }
  });

  test('each server has a unique name', () => {
    const names = [...faults, ...legitimate].map(({ name }) => name);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test.concurrent.each<LegitimateVariant>(legitimate)(
    'the server that $name answers 200 with a complete response',
    async ({ variant }) => {
      await using server = await startServer(variant);
      const { received, isComplete } = await exchange(server.url, [retrieve()]);

      expect(isComplete).toBe(true);
      expect(received.toString()).toContain('HTTP/1.1 200 ');
    },
  );
});
