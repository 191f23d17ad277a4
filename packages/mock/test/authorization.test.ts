import { fileURLToPath } from 'node:url';
import { DEFAULT_TOKEN as KEY } from '@firstofficer/mock';
import { describe, expect, test } from 'vitest';
import { encodeBasic, findDocumentedError, findExamplePath, send, startMockForFile, startTestMock } from './support.ts';

const mock = await startMockForFile();

const keysMock = await startMockForFile({ spec: fileURLToPath(new URL('keys.openapi.yaml', import.meta.url)) });

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the mock accepts the key', () => {
  test.each([
    ['in HTTP Basic', encodeBasic(KEY)],
    ['as a token', `Token token="${KEY}"`],
    ['with the scheme in another letter case', encodeBasic(KEY).replace('Basic', 'bASIC')],
  ])('%s', async (_, authorization) => {
    const response = await send(mock, findExamplePath('stripe_id'), { headers: { Authorization: authorization } });

    expect(response.status).toBe(200);
  });
});

describe('the mock returns the documented 401 for', () => {
  test.each([
    ['an empty header', ''],
    ['another key', encodeBasic('another')],
    ['another key as a token', 'Token token="another"'],
    ['a prefix of the key', encodeBasic(KEY.slice(0, -1))],
    ['the key with a suffix', `Token token="${KEY}x"`],
    ['the key in lowercase', encodeBasic(KEY.toLowerCase())],
    ['the key as password', `Basic ${base64(`:${KEY}`)}`],
    ['the key with a password', `Basic ${base64(`${KEY}:secret`)}`],
    ['the key without a colon', `Basic ${base64(KEY)}`],
    ['the key without base64 encoding', `Basic ${KEY}:`],
    ['invalid base64', `Basic ${base64(`${KEY}:`)}!`],
    ['the key as a bearer token', `Bearer ${KEY}`],
    ['the token without quotes', `Token token=${KEY}`],
    ['the bare key', KEY],
  ])('%s', async (_, authorization) => {
    const response = await send(mock, findExamplePath('stripe_id'), { headers: { Authorization: authorization } });

    expect(response.status).toBe(401);
    expect(response.json).toEqual(findDocumentedError('401'));
    expect(response.headers['www-authenticate']).toMatch(/^Basic realm=".+", Token realm=".+"$/);
  });

  test('no header', async () => {
    expect((await fetch(mock.url + findExamplePath('stripe_id'))).status).toBe(401);
  });

  test.each([
    ['an unknown customer', 'GET', findExamplePath('unknown_customer')],
    ['a bad identifier', 'GET', '/v2/customers/%ZZ'],
    ['an undocumented method', 'DELETE', findExamplePath('stripe_id')],
    ['an unknown path', 'GET', '/v3'],
  ])('%s, before anything else is checked', async (_, method, path) => {
    const response = await send(mock, path, {
      method,
      headers: { Authorization: encodeBasic('another') },
    });

    expect(response.status).toBe(401);
  });
});

test('the mock accepts a configured key instead of the default key', async () => {
  const mock = await startTestMock({ token: 'sesame' });

  expect(
    (await send(mock, findExamplePath('stripe_id'), { headers: { Authorization: encodeBasic('sesame') } })).status,
  ).toBe(200);
  expect((await send(mock, findExamplePath('stripe_id'))).status).toBe(401);
});

/** Returns the status of a request to the mock of `keys.openapi.yaml`. */
async function fetchStatus(target: string, headers: Record<string, string> = {}): Promise<number> {
  return (await fetch(keysMock.url + target, { headers })).status;
}

describe('the mock accepts the key in the form that the operation requires', () => {
  test.each([
    ['/bearer', { Authorization: `Bearer ${KEY}` }],
    ['/bearer', { Authorization: `bearer ${KEY}` }],
    ['/oauth2', { Authorization: `Bearer ${KEY}` }],
    ['/openIdConnect', { Authorization: `Bearer ${KEY}` }],
    ['/header', { 'x-key': KEY }],
    [`/query?api_key=${KEY}`, {}],
    ['/cookie', { Cookie: `theme=dark; session=${KEY}` }],
    [`/both?api_key=${KEY}`, { 'X-Key': KEY }],
    [`/any?api_key=${KEY}`, {}],
    ['/any', { 'X-Key': KEY }],
  ])('%s', async (target, headers) => {
    expect(await fetchStatus(target, headers)).toBe(200);
  });
});

test('an operation that documents 403 but not 401 responds with 403 without the key', async () => {
  expect(await fetchStatus('/forbidden')).toBe(403);
  expect(await fetchStatus('/forbidden', { 'X-Key': KEY })).toBe(200);
});

test('an operation that documents no 401 says that the key is wrong', async () => {
  const response = await fetch(`${keysMock.url}/header`);

  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ detail: expect.stringMatching(/^The API key is missing or wrong\./) });
});

test.each(['/default', '/class'])(
  '%s returns the response that is documented for 4XX or as default',
  async (target) => {
    const response = await fetch(keysMock.url + target);

    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({ title: 'Unauthorized' });
  },
);

test('an operation that documents no response returns 204', async () => {
  expect(await fetchStatus('/undocumented')).toBe(204);
});

describe('the mock returns 401 for the key in another form', () => {
  test.each([
    ['/bearer', {}],
    ['/bearer', { Authorization: `Bearer ${KEY}x` }],
    ['/bearer', { Authorization: KEY }],
    ['/header', { Authorization: `Bearer ${KEY}` }],
    ['/header', { 'X-Key': '' }],
    [`/query?api_key=${KEY}&api_key=${KEY}`, {}],
    [`/query?key=${KEY}`, {}],
    ['/cookie', { Cookie: `mysession=${KEY}` }],
    ['/both', { 'X-Key': KEY }],
    // The mock cannot receive a client certificate.
    ['/certificate', { Authorization: `Bearer ${KEY}` }],
  ])('%s %j', async (target, headers) => {
    expect(await fetchStatus(target, headers)).toBe(401);
  });
});
