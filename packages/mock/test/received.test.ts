import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DEFAULT_TOKEN, type ReceivedRequest } from '@firstofficer/mock';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { formatRequest } from '../src/node/log.ts';
import { encodeBasic, findExamplePath, send, startMockForFile, startTestMock } from './support.ts';

const ended: ReceivedRequest[] = [];
const mock = await startMockForFile({ onRequest: (request) => ended.push(request) });
const PATH = findExamplePath('stripe_id');
const spec = fileURLToPath(new URL('scenarios.openapi.yaml', import.meta.url));

beforeEach(() => {
  mock.reset();
  ended.length = 0;
});

test('a request is recorded with operation, parameters, status and time', async () => {
  await send(mock, PATH);

  expect(mock.requests()).toEqual([
    {
      method: 'GET',
      path: PATH,
      operation: 'retrieveCustomer',
      parameters: { customer: decodeURIComponent(PATH.split('/').at(-1) ?? '') },
      status: 200,
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      milliseconds: expect.any(Number),
      isScenario: false,
      violations: [],
    },
  ]);
  expect(ended).toEqual(mock.requests());
});

test('requests can be selected by operation, parameters and status', async () => {
  mock.use({ answer: [{ code: 503 }, {}], times: 1 });
  await send(mock, PATH);
  await send(mock, PATH);
  await send(mock, findExamplePath('lost_customer'));
  const customer = decodeURIComponent(PATH.split('/').at(-1) ?? '');

  expect(mock.requests({ operation: 'retrieveCustomer' })).toHaveLength(3);
  expect(mock.requests({ parameters: { customer } }).map(({ status }) => status)).toEqual([503, 200]);
  expect(mock.requests({ status: 503 }).map(({ isScenario }) => isScenario)).toEqual([true]);
  expect(() => mock.requests({ operation: 'retrieve' })).toThrow('It must be one of retrieveCustomer.');
  const misspelt: object = { code: 503 };
  expect(() => mock.requests(misspelt)).toThrow('code is unknown. Valid members: operation, parameters, status.');
});

test('unknown paths and methods, and requests without the key, are recorded', async () => {
  await send(mock, '/nowhere?x=1');
  await send(mock, PATH, { method: 'DELETE' });
  await send(mock, PATH, { headers: { Authorization: 'none' } });

  expect(mock.requests().map(({ method, path, operation, status }) => [method, path, operation, status])).toEqual([
    ['GET', '/nowhere', undefined, 404],
    ['DELETE', PATH, undefined, 405],
    ['GET', PATH, 'retrieveCustomer', 401],
  ]);
});

test('a request is recorded when it arrives, and again without status when the client gives up', async () => {
  mock.use({ answer: { delay: 600_000 } });
  const controller = new AbortController();
  const response = fetch(mock.url + PATH, {
    headers: { Authorization: encodeBasic(DEFAULT_TOKEN) },
    signal: controller.signal,
  });
  while (mock.requests().length === 0) await new Promise(setImmediate);
  const [pending] = mock.requests();
  expect(pending).not.toHaveProperty('status');
  expect(pending).not.toHaveProperty('milliseconds');
  controller.abort();
  await expect(response).rejects.toThrow();
  while (ended.length === 0) await new Promise(setImmediate);

  expect(ended[0]).not.toHaveProperty('status');
  expect(ended[0]).toMatchObject({ milliseconds: expect.any(Number), isScenario: true });
});

test('a cut connection is recorded', async () => {
  mock.use({ answer: [{ drop: 'headers' }, { drop: 'body' }] });
  const headers = { Authorization: encodeBasic(DEFAULT_TOKEN) };
  await expect(fetch(mock.url + PATH, { headers })).rejects.toThrow();
  await expect((await fetch(mock.url + PATH, { headers })).text()).rejects.toThrow();

  expect(mock.requests().map(({ status, dropped }) => [status, dropped])).toEqual([
    [undefined, 'headers'],
    [200, 'body'],
  ]);
});

test('violations are recorded', async () => {
  const things = await startTestMock({ spec });
  await send(things, '/things', { method: 'POST', body: '[]', headers: { 'Content-Type': 'application/json' } });
  await send(things, '/things/%FF');
  await send(things, '/things', { headers: { Prefer: 'cod=429' } });

  expect(things.requests().map(({ violations }) => violations)).toEqual([
    [expect.stringContaining('must be object')],
    ['path must be valid percent-encoding of UTF-8'],
    [expect.stringMatching(/^Prefer: unknown preference cod\. /)],
  ]);
});

test('a body that is too large is recorded with its status', async () => {
  const things = await startTestMock({ spec });
  const body = JSON.stringify({ text: 'x'.repeat(1_100_000) });
  await send(things, '/things', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } }).catch(
    () => undefined,
  );
  while (things.requests({ status: 413 }).length === 0) await new Promise(setImmediate);

  expect(things.requests()).toHaveLength(1);
});

test('the late end of a request does not appear after reset', async () => {
  mock.use({ answer: { delay: 30 } });
  const response = send(mock, PATH);
  while (mock.requests().length === 0) await new Promise(setImmediate);
  mock.reset();
  await response;

  expect(mock.requests()).toEqual([]);
});

test('the returned records are copies', async () => {
  await send(mock, PATH);
  Object.assign(mock.requests()[0]?.parameters ?? {}, { customer: 'changed' });

  expect(mock.requests()[0]?.parameters).not.toEqual({ customer: 'changed' });
});

test('the last 1,000 requests are kept', async () => {
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1');
  const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
  const paths = Array.from({ length: 1003 }, (_, index) => `/v2/customers/${index}`);
  socket.write(paths.map(request).join(''));
  socket.resume();
  while (ended.length < 1003) await new Promise(setImmediate);
  socket.destroy();
  await once(socket, 'close');

  expect(mock.requests().map(({ path }) => path)).toEqual(paths.slice(3));
});

test('very long requests do not fill the memory', async () => {
  const things = await startTestMock({ spec });
  const text = 'x'.repeat(200_000);
  for (let index = 0; index < 25; index += 1) await send(things, `/things?limit=${index}&text=${text}`);

  const limits = things.requests().map(({ parameters }) => Number(parameters.limit));
  expect(limits.length).toBeLessThan(25);
  expect(limits.at(-1)).toBe(24);
});

const KEY = 'se%.sa(me-Key';
const BASIC = encodeBasic(KEY).slice('Basic '.length);
const percentEncode = (text: string) =>
  [...text].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('');

test.each([
  ['header', '/things', { 'X-Key': KEY }],
  ['Authorization', '/things', { Authorization: encodeBasic(KEY) }],
  ['query', `/things?api_key=${encodeURIComponent(KEY)}`, {}],
  ['cookie', '/things', { Cookie: `session=${KEY}` }],
  ['documented header', '/things', { 'X-Lang': `a ${KEY} b` }],
  ['documented header in Base64', '/things', { 'X-Lang': `Basic ${BASIC}` }],
  ['undocumented query', `/things?other=${encodeURIComponent(KEY)}&${encodeURIComponent(KEY)}=1`, {}],
  ['path', `/things/a${encodeURIComponent(KEY)}b`, {}],
  ['percent-encoded path', `/things/${percentEncode(KEY)}`, {}],
  ['path that is percent-encoded twice', `/things/${percentEncode(percentEncode(KEY))}`, {}],
  ['path in uppercase hexadecimal', `/things/${percentEncode(KEY).toUpperCase()}`, {}],
  ['unknown path', `/unknown/${encodeURIComponent(KEY)}`, {}],
  ['absolute target', `http://user:${encodeURIComponent(KEY)}@localhost/things`, {}],
])('the key does not appear in records and log lines: %s', async (_, path, headers) => {
  const things = await startTestMock({ spec, token: KEY });
  for (const extra of [{}, { Authorization: encodeBasic(KEY) }]) {
    await send(things, path, { headers: { ...headers, ...extra } });
  }

  const texts = [JSON.stringify(things.requests()), ...things.requests().map(formatRequest)];
  expect(things.requests()).toHaveLength(2);
  for (const text of texts) {
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(JSON.stringify(KEY).slice(1, -1));
    expect(text).not.toContain(BASIC);
    expect(decode(text)).not.toContain(KEY);
  }
});

test.each([
  ['header', '/things', { 'X-Key': 'other-key' }],
  ['Authorization', '/things', { Authorization: encodeBasic('other-key') }],
  ['query', '/things?api_key=other-key', {}],
  ['query of an operation that needs no key', '/health?api_key=other-key', {}],
  ['cookie', '/things', { Cookie: 'session=other-key' }],
  ['unknown path', '/unknown?api_key=other-key', {}],
])('a wrong key does not appear in records: %s', async (_, path, headers) => {
  const things = await startTestMock({ spec });
  await send(things, path, { headers: { Authorization: 'none', ...headers } });

  expect(things.requests()).toHaveLength(1);
  expect(JSON.stringify(things.requests())).not.toContain('other-key');
});

test.each([
  ['Prefer', '/things', { Prefer: KEY.replace('(', '') }],
  ['Prefer', '/things', { Prefer: `example=${KEY}` }],
  ['path', `/things/${encodeURIComponent(KEY)}`, { Prefer: `delay=${KEY}` }],
])('the key does not appear in the error for %s', async (_, path, headers) => {
  const things = await startTestMock({ spec, token: KEY });
  const { status, text } = await send(things, path, { headers: { ...headers, Authorization: encodeBasic(KEY) } });

  expect(status).toBe(400);
  expect(text).not.toContain(KEY);
});

test('the key does not appear in the error for a body', async () => {
  const things = await startTestMock({ spec, token: KEY });
  const headers = { 'Content-Type': 'application/json', Authorization: encodeBasic(KEY) };
  const { status, text } = await send(things, '/things', {
    method: 'POST',
    headers,
    body: JSON.stringify({ [KEY]: 1 }),
  });

  expect(status).toBe(422);
  expect(text).toContain('[key]');
  expect(text).not.toContain(KEY);
  expect(JSON.stringify(things.requests())).not.toContain(KEY);
});

/** Decodes percent-encoding twice. */
function decode(text: string): string {
  const once = text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return once.replaceAll(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

test('an error in onRequest does not prevent the response', async () => {
  const errors: unknown[] = [];
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').once('uncaughtException', (error) => errors.push(error));
  onTestFinished(() => {
    for (const listener of listeners) process.on('uncaughtException', listener);
  });
  const broken = await startTestMock({
    onRequest: () => {
      throw new Error('broken');
    },
  });

  expect((await send(broken, PATH)).status).toBe(200);
  expect(errors).toEqual([new Error('broken')]);
});

test('a log line escapes control characters', () => {
  const request: ReceivedRequest = {
    method: 'GET',
    path: '/things/\u001b[2J\n\u2028\u202e',
    operation: 'getThing',
    parameters: { name: 'ü\u007f' },
    status: 404,
    receivedAt: '',
    milliseconds: 3,
    isScenario: true,
    dropped: 'body',
    violations: ['query.limit must be >= 1'],
  };

  expect(formatRequest(request)).toBe(
    'GET /things/\\u{1b}[2J\\u{a}\\u{2028}\\u{202e} 404 3ms getThing {"name":"ü\\u{7f}"} scenario dropped=body (query.limit must be >= 1)',
  );
});
