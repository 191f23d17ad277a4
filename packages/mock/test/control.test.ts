import { createServer } from 'node:http';
import { connect } from 'node:net';
import { listen } from '@firstofficer/common/listen';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createController } from '../src/engine/control.ts';
import { createControlListener } from '../src/node/control.ts';
import { findExamplePath, operations, send, startMockForFile, startTestMock } from './support.ts';

const mock = await startMockForFile();
const PATH = findExamplePath('stripe_id');
const { host } = new URL(mock.url);
const JSON_TYPE = { 'Content-Type': 'application/json' };
// The control API needs no key.
const NO_KEY = { Authorization: '' };

beforeEach(() => mock.reset());

interface ControlOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

function control(path: string, { method = 'POST', headers = JSON_TYPE, body }: ControlOptions = {}) {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return send(mock, path, { method, headers: { ...NO_KEY, ...headers }, ...(text !== undefined && { body: text }) });
}

async function getStatuses(count: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await send(mock, PATH)).status);
  return statuses;
}

test('POST /__mock/scenarios adds a scenario', async () => {
  const response = await control('/__mock/scenarios', { body: { answer: [{ code: 429, retryAfter: 0 }], times: 1 } });

  expect([response.status, response.text]).toEqual([204, '']);
  expect(await getStatuses(2)).toEqual([429, 200]);
});

test('POST /__mock/scenarios accepts a byte order mark', async () => {
  expect((await control('/__mock/scenarios', { body: '\ufeff{ "answer": { "code": 503 } }' })).status).toBe(204);
  expect(await getStatuses(1)).toEqual([503]);
});

test('POST /__mock/scenarios adds a list: the last one is the newest', async () => {
  const body = [{ answer: { code: 500 } }, { answer: { code: 503 }, times: 1 }];

  expect((await control('/__mock/scenarios', { body })).status).toBe(204);
  expect(await getStatuses(2)).toEqual([503, 500]);
});

test('POST /__mock/scenarios with faults lists all of them and adds nothing', async () => {
  const body = [{ answer: { code: 503 } }, { answer: { code: 1000 }, operation: 'retrieve', tims: 1 }];
  const response = await control('/__mock/scenarios', { body });

  expect(response.status).toBe(400);
  expect(response.json).toEqual({
    errors: [
      expect.stringMatching(/^scenarios\[1\]\.tims is unknown\. Valid members: operation, /),
      'scenarios[1].operation is "retrieve". It must be one of retrieveCustomer.',
      'scenarios[1].answer.code is 1000. It must be a whole number from 200 to 599.',
    ],
  });
  expect(await getStatuses(1)).toEqual([200]);
});

test.each([
  ['', 'The body is not valid JSON.'],
  ['{', 'The body is not valid JSON: line 1 column 2.'],
  ['{\n"answer": {},\n}', 'The body is not valid JSON: line 3 column 1.'],
  ['{"answer": YourTokenHere}', 'The body is not valid JSON.'],
  ['null', 'scenarios[0] is null. It must be an object'],
  ['"x"', 'scenarios[0] is "x". It must be an object'],
  ['{"answer":{},"__proto__":{"answer":1}}', 'scenarios[0].__proto__ is unknown.'],
  ['{"answer":{"constructor":1}}', 'scenarios[0].answer.constructor is unknown.'],
])('the body %j gets 400', async (body, message) => {
  const response = await control('/__mock/scenarios', { body });

  expect(response.status).toBe(400);
  expect(response.text).toContain(JSON.stringify(message).slice(1, -1));
});

test('a body that is too large gets 413', async () => {
  const body = JSON.stringify({ answer: { body: 'x'.repeat(1_100_000) } });

  expect((await control('/__mock/scenarios', { body })).status).toBe(413);
});

test.each(['[%]', '{"answer":[%]}'])('many faults get a short error: %s', async (text) => {
  const body = text.replace('%', `${'1,'.repeat(500_000)}1`);
  const response = await control('/__mock/scenarios', { body });

  expect(response.status).toBe(400);
  expect(response.json).toEqual({ errors: Array.from({ length: 21 }, () => expect.any(String)) });
});

test('the key does not appear in an error', async () => {
  const parameters = { YourTokenHere: 1, customer: ['YourTokenHere'] };
  const response = await control('/__mock/scenarios', {
    body: { operation: `${'x'.repeat(95)}YourTokenHere`, parameters },
  });

  expect(response.status).toBe(400);
  expect(response.text).toContain('[key]');
  expect(response.text).not.toContain('YourT');
  expect((await control('/__mock/requests?YourTokenHere=1', { method: 'GET' })).text).not.toContain('YourT');
  expect((await control('/__mock/requests?operation=YourTokenHere', { method: 'GET' })).text).not.toContain('YourT');
});

test('GET /__mock/requests returns what requests() returns', async () => {
  mock.use({ answer: { code: 503 }, times: 1 });
  await getStatuses(2);
  const get = async (query: string) => (await control(`/__mock/requests${query}`, { method: 'GET', headers: {} })).json;

  expect(await get('')).toEqual(mock.requests());
  expect(await get('?status=503')).toEqual(mock.requests({ status: 503 }));
  expect(await get('?operation=retrieveCustomer&status=200')).toEqual(mock.requests({ status: 200 }));
});

test.each([
  ['?operation=retrieve', 'It must be one of retrieveCustomer.'],
  ['?status=many', 'status must have three digits'],
  ['?status=429&status=503', 'The query parameter status is given more than once.'],
  ['?limit=1', 'The query parameter limit is unknown. Valid parameters: operation, status.'],
])('GET /__mock/requests%s gets 400', async (query, message) => {
  const response = await control(`/__mock/requests${query}`, { method: 'GET' });

  expect(response.status).toBe(400);
  expect(response.text).toContain(message);
});

test('reset starts failures by Prefer again', async () => {
  const headers = { Prefer: 'fail=2' };
  const first = await send(mock, PATH, { headers });
  await control('/__mock/reset');
  const statuses = [await send(mock, PATH, { headers }), await send(mock, PATH, { headers })].map(
    ({ status }) => status,
  );

  expect([first.status, ...statuses]).toEqual([503, 503, 503]);
});

test('POST /__mock/reset does what reset() does', async () => {
  mock.use({ answer: { code: 503 } });
  await getStatuses(1);

  expect((await control('/__mock/reset')).status).toBe(204);
  expect(mock.requests()).toEqual([]);
  expect(await getStatuses(1)).toEqual([200]);
});

test.each([
  [{}, undefined],
  [{}, ''],
  [{ 'Content-Type': 'application/x-www-form-urlencoded' }, ''],
  [JSON_TYPE, '{}'],
])('POST /__mock/reset needs no content type and no body: %j %j', async (headers, body) => {
  mock.use({ answer: { code: 503 } });

  expect((await control('/__mock/reset', { headers, body })).status).toBe(204);
  expect(await getStatuses(1)).toEqual([200]);
});

test.each([
  ['another Host', { Host: 'evil.example' }],
  ['a Host that begins like a loopback name', { Host: 'localhost.evil.example' }],
  ['a Host that begins like a loopback address', { Host: '127.0.0.1.evil.example' }],
  ['the Host of another machine', { Host: '192.0.2.1:4010' }],
  ['X-Forwarded-For', { 'X-Forwarded-For': '192.0.2.1' }],
  ['Forwarded', { Forwarded: 'for=192.0.2.1' }],
  ['the Origin of a page', { Origin: 'https://evil.example' }],
  ['the Origin null', { Origin: 'null' }],
  ['the Origin of another port', { Origin: 'http://127.0.0.1:1' }],
  ['the Origin of another scheme', { Origin: `https://${host}` }],
])('a request with %s gets 403 on every path', async (_, headers) => {
  mock.use({ answer: { code: 503 } });
  const responses = [
    await control('/__mock/scenarios', { headers: { ...JSON_TYPE, ...headers }, body: { answer: {} } }),
    await control('/__mock/reset', { headers: { ...JSON_TYPE, ...headers } }),
    await control('/__mock/requests', { method: 'GET', headers }),
    await control('/__mock/unknown', { method: 'GET', headers }),
  ];

  expect(responses.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  expect(await getStatuses(1)).toEqual([503]);
});

test.each([
  'GET /__mock/requests HTTP/1.0\r\n\r\n',
  'GET /__mock/requests HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n',
])('a request without a Host gets 403: %j', async (text) => {
  const socket = connect(Number(new URL(mock.url).port), '127.0.0.1').setEncoding('utf8');
  socket.write(text);

  expect((await socket.toArray()).join('')).toMatch(/^HTTP\/1\.1 403 /);
});

test.each([
  ['localhost', {}],
  ['localhost:4010', {}],
  ['LOCALHOST:4010', {}],
  ['127.0.0.1', {}],
  ['127.8.9.10:4010', {}],
  ['[::1]', {}],
  ['[::1]:4010', {}],
  [host, { Origin: `http://${host}` }],
])('a request with the Host %s is answered', async (name, headers) => {
  expect((await control('/__mock/requests', { method: 'GET', headers: { Host: name, ...headers } })).status).toBe(200);
});

test.each([
  ['127.0.0.1', 200],
  ['127.9.9.9', 200],
  ['::1', 200],
  ['::ffff:127.0.0.1', 200],
  ['192.0.2.1', 403],
  ['::ffff:192.0.2.1', 403],
  ['2001:db8::1', 403],
  ['1270.0.0.1', 403],
  ['', 403],
])('a request from the address %s gets %i', async (remoteAddress, status) => {
  const controller = createController({ scenarios: [] }, operations);
  const listener = createControlListener(controller);
  const server = createServer((request, response) => {
    Object.defineProperty(request.socket, 'remoteAddress', { value: remoteAddress });
    void listener(request, response);
  });
  const { url, close } = await listen(server);
  onTestFinished(close);

  expect((await fetch(`${url}/__mock/requests`)).status).toBe(status);
});

test.each([
  {},
  { 'Content-Type': 'text/plain' },
  { 'Content-Type': 'application/x-www-form-urlencoded' },
  { 'Content-Type': 'application/jsonp' },
  { 'Content-Type': 'text/plain; application/json' },
])('a scenario with the headers %j gets 415 and changes nothing', async (headers) => {
  mock.use({ answer: { code: 503 } });

  expect((await control('/__mock/scenarios', { headers, body: { answer: {} } })).status).toBe(415);
  expect(await getStatuses(1)).toEqual([503]);
});

test('no response has CORS headers, and a preflight is not answered', async () => {
  const preflight = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' };
  const responses = [
    await control('/__mock/requests', { method: 'OPTIONS', headers: preflight }),
    await control('/__mock/scenarios', { method: 'OPTIONS', headers: { ...preflight, Origin: mock.url } }),
    await control('/__mock/requests', { method: 'GET' }),
    await control('/__mock/reset'),
    await control('/__mock/scenarios', { body: '' }),
  ];

  expect(responses.map(({ status }) => status)).toEqual([403, 405, 200, 204, 400]);
  for (const { headers } of responses) {
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test.each([
  ['GET', '/__mock/scenarios', 405, 'POST'],
  ['GET', '/__mock/reset', 405, 'POST'],
  ['DELETE', '/__mock/requests', 405, 'GET, HEAD'],
  ['GET', '/__mock', 404, undefined],
  ['GET', '/__mock/', 404, undefined],
  ['POST', '/__mock/scenario', 404, undefined],
])('%s %s gets %i', async (method, path, status, allow) => {
  const response = await control(path, { method });

  expect([response.status, response.headers.allow]).toEqual([status, allow]);
});

test('a target that cannot be parsed as a URL gets 404', async () => {
  expect((await control('/__mock//[', { method: 'GET' })).status).toBe(404);
});

test('requests to the control API are not recorded, and scenarios do not apply to them', async () => {
  mock.use({ answer: { code: 503 } });
  await control('/__mock/requests', { method: 'GET' });

  expect(mock.requests()).toEqual([]);
});

test('with control: false, every path below /__mock gets 404', async () => {
  const closed = await startTestMock({ control: false });
  const requests = [
    ['POST', '/__mock/scenarios'],
    ['GET', '/__mock/requests'],
    ['POST', '/__mock/reset'],
    ['OPTIONS', '/__mock/requests'],
  ] as const;
  for (const [method, path] of requests) {
    const headers = { ...NO_KEY, ...JSON_TYPE, Origin: 'http://a.example', 'Access-Control-Request-Method': 'GET' };
    const response = await send(closed, path, { method, headers });
    expect(response.status).toBe(404);
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
  }
  closed.use({ answer: { code: 503 } });

  expect((await send(closed, PATH)).status).toBe(503);
});
