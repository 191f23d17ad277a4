import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  findDocumentedError,
  findExamplePath,
  operations,
  PAIRS,
  send,
  startMockForFile,
  startTestMock,
} from './support.ts';

const mock = await startMockForFile();
const notes = await startMockForFile({
  spec: fileURLToPath(import.meta.resolve('@firstofficer/spec/test/notes.openapi.yaml')),
});

const prefer = async (preference: string | string[], path = findExamplePath('stripe_id'), method = 'GET') =>
  send(mock, path, { method, headers: { Prefer: preference } });

const STATUSES = Object.keys(operations[0]?.responses ?? {});

test.each(STATUSES.filter((status) => status !== '200'))('code=%s gets that documented error', async (status) => {
  const response = await prefer(`code=${status}`);

  expect(response.status).toBe(Number(status));
  expect(response.json).toEqual(findDocumentedError(status));
});

test.each(PAIRS)('code=$status keeps the example of the identifier: $name', async ({ path, status, body }) => {
  expect(await prefer(`code=${status}`, path)).toMatchObject({ status: Number(status), json: body });
});

test('code=200 gets the first example if the identifier has no example with this status', async () => {
  const first = PAIRS.find(({ status }) => status === '200');

  expect(await prefer('code=200', '/v2/customers/cus_unknown')).toMatchObject({ status: 200, json: first?.body });
});

test('code=503 gets the Retry-After of the description', async () => {
  const { headers } = await prefer('code=503');
  const documented = operations[0]?.responses['503']?.headers?.['Retry-After'] as { example?: number };

  expect(headers['retry-after']).toBe(String(documented.example));
});

test.each([
  ['code=418', 'invalid_request_error'],
  ['code=451', 'invalid_request_error'],
  ['code=502', 'api_error'],
  ['code=599', 'api_error'],
])('%s, which is not documented, gets that status and an error in the shape of the API', async (preference, type) => {
  const response = await prefer(preference);

  expect(response.status).toBe(Number(preference.slice('code='.length)));
  expect(response.json).toMatchObject({ error: { type, message: expect.any(String) } });
  expect(response.headers).not.toHaveProperty('retry-after');
});

test.each(['code=202', 'code=204', 'code=205', 'code=302', 'code=304'])(
  '%s gets that status without a body and without a content type',
  async (preference) => {
    const response = await prefer(preference);

    expect(response).toMatchObject({ status: Number(preference.slice('code='.length)), text: '' });
    expect(response.headers).not.toHaveProperty('content-type');
  },
);

test.each(['code=429', 'code=503'])('%s gets Retry-After: 1 if the description does not document it', async (code) => {
  const response = await send(notes, '/v1/notes', { headers: { Prefer: code } });

  expect(response).toMatchObject({ status: Number(code.slice('code='.length)), headers: { 'retry-after': '1' } });
});

test.each([
  ['code=503, retry-after=0', '0'],
  ['code=429, retry-after=120', '120'],
  ['code=504, retry-after=7', '7'],
])('%s gets Retry-After: %s', async (preference, seconds) => {
  expect((await prefer(preference)).headers['retry-after']).toBe(seconds);
});

test.each([
  'example=lost_customer',
  'code=200, example=lost_customer',
  'code=200; example="lost_customer"',
  'CODE = 200 , Example = "lost\\_customer"',
  ', ,code=200,,example=lost_customer,',
])('%s gets that example', async (preference) => {
  const expected = PAIRS.find(({ name }) => name === 'lost_customer');

  expect(await prefer(preference)).toMatchObject({ status: 200, json: expected?.body });
});

test('several Prefer headers are one list', async () => {
  expect((await prefer(['code=503', 'retry-after=3'])).headers['retry-after']).toBe('3');
  expect((await prefer(['code=503', 'code=503'])).status).toBe(400);
});

test('code=200 gets a success for an unknown customer', async () => {
  expect((await prefer('code=200', findExamplePath('unknown_customer'))).status).toBe(200);
});

test('an invalid request gets the error that it asks for', async () => {
  expect((await prefer('code=503', '/v2/customers/%ZZ')).status).toBe(503);
  expect((await prefer('code=503', `/v2/customers/${'x'.repeat(1025)}`)).status).toBe(503);
  expect((await prefer('delay=1', '/v2/customers/%ZZ')).status).toBe(400);
});

test('a request without a valid key gets 401, whatever it asks for', async () => {
  const headers = { Authorization: 'Basic eDo=', Prefer: 'code=503, nothing=1' };

  expect((await send(mock, findExamplePath('stripe_id'), { headers })).status).toBe(401);
});

test.each(['', ' ', ', ,'])('an empty Prefer header %j is ignored', async (preference) => {
  expect((await prefer(preference)).status).toBe(200);
});

const NUMBERS = 'must be a whole number from';

test.each([
  ['respond-async, wait=10', 'unknown preference respond-async'],
  ['respond-async, wait=10', 'code, example, dynamic, seed, delay, drop, retry-after, fail.'],
  ['retryAfter=1', 'unknown preference retryAfter'],
  ['YourTokenHere', 'unknown preference [key]'],
  [btoa('YourTokenHere:'), 'unknown preference [key]'],
  ['headers=a', 'unknown preference headers'],
  ['code=404, code=503', 'Prefer: code is given more than once.'],
  ['code=404; CODE=404', 'Prefer: code is given more than once.'],
  ['code=default', `code ${NUMBERS} 200 to 599`],
  ['code=4XX', NUMBERS],
  ['code=199', NUMBERS],
  ['code=600', NUMBERS],
  ['code=0404', NUMBERS],
  ['code', NUMBERS],
  ['code=', NUMBERS],
  ['code="404', 'Prefer must be a list'],
  ['=404', 'Prefer must be a list'],
  ['code 404', 'Prefer must be a list'],
  ['example=a"b', 'Prefer must be a list'],
  ['delay=abc', `${NUMBERS} 0 to 600000`],
  ['delay=-1', NUMBERS],
  ['delay=1.5', NUMBERS],
  ['delay=1e3', NUMBERS],
  ['delay=600001', NUMBERS],
  ['delay=99999999999999999999', NUMBERS],
  ['drop=everything', 'headers or body'],
  ['drop', 'headers or body'],
  ['dynamic=yes', 'true or false'],
  ['seed=', 'seed must be'],
  ['retry-after=soon', NUMBERS],
  ['fail=-1', NUMBERS],
  ['fail=1001', `${NUMBERS} 0 to 1000`],
  ['example=nobody', 'lost_customer'],
  ['code=404, example=lost_customer', 'unknown_customer'],
  ['code=418, example=lost_customer', 'has no examples'],
  ['delay=a, drop=b', 'drop must be'],
])('%s gets 400 with the message "%s"', async (preference, message) => {
  const response = await prefer(preference);

  expect(response.status).toBe(400);
  expect(response.json).toMatchObject({ error: { message: expect.stringContaining(message) } });
});

test('a long header is parsed in linear time', async () => {
  for (const preference of [`a=${' '.repeat(200_000)}"`, '"\\'.repeat(100_000), 'code=1,'.repeat(30_000)]) {
    expect((await prefer(preference)).status).toBe(400);
  }
});

describe('statuses that are documented by class or by default', () => {
  const text = `openapi: 3.1.0
paths:
  /class:
    get:
      responses:
        2XX: { description: A, content: { text/plain: { examples: { one: { value: one }, two: { value: two } } } } }
        4XX: { description: A, content: { text/plain: { example: wrong } } }
  /default:
    get:
      responses:
        default: { description: A, content: { text/plain: { examples: { one: { value: one }, two: { value: two } } } } }
`;

  test.each([
    ['/class', 'code=201', 201, 'one'],
    ['/class', 'code=206, example=two', 206, 'two'],
    ['/class', 'example=two', 200, 'two'],
    ['/class', 'code=418', 418, 'wrong'],
    ['/default', 'code=503', 503, 'one'],
    ['/default', 'example=two', 200, 'two'],
  ])('%s with %s gets %i %s', async (path, preference, status, body) => {
    const file = join(await createTemporaryFolder({ onTestFinished }, { 'openapi.yaml': text }), 'openapi.yaml');
    const response = await fetch((await startTestMock({ spec: file })).url + path, { headers: { Prefer: preference } });

    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
  });
});

test.each(['code=204', 'code=302', 'code=304'])('a documented %s has no content type', async (preference) => {
  const text = `openapi: 3.1.0
paths:
  /page:
    get:
      responses:
        '204': { description: A }
        '302': { description: A, headers: { Location: { example: /other } } }
        '304': { description: A }
`;
  const file = join(await createTemporaryFolder({ onTestFinished }, { 'openapi.yaml': text }), 'openapi.yaml');
  const response = await send(await startTestMock({ spec: file }), '/page', { headers: { Prefer: preference } });

  expect(response.headers).not.toHaveProperty('content-type');
  expect(response.headers.location).toBe(preference === 'code=302' ? '/other' : undefined);
});
