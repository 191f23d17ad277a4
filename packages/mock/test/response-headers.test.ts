import { describe, expect, test } from 'vitest';
import { encodeBasic, findExamplePath, PAIRS, send, startMockForFile } from './support.ts';

const mock = await startMockForFile();
const PATH = findExamplePath('stripe_id');

describe('ETag', () => {
  const getEtag = async (path: string) => (await send(mock, path)).headers.etag ?? '';

  test('is the same for the same body, and another one for another body', async () => {
    const etags = await Promise.all(
      PAIRS.filter(({ status }) => status === '200').map(async ({ path, body }) => [
        JSON.stringify(body),
        await getEtag(path),
      ]),
    );
    expect(new Set(etags.map(String)).size).toBe(new Set(etags.map(([body]) => body)).size);
    for (const [, etag] of etags) expect(etag).toMatch(/^"[\w-]+"$/);
  });

  test.each(['GET', 'HEAD'])('a %s with the ETag in If-None-Match gets a 304 without a body', async (method) => {
    const etag = await getEtag(PATH);
    for (const known of [etag, `"x", W/${etag}`, '*']) {
      const response = await send(mock, PATH, { method, headers: { 'If-None-Match': known } });
      expect(response).toMatchObject({
        status: 304,
        text: '',
        headers: { etag, 'cache-control': 'private, no-cache' },
      });
      expect(response.headers).not.toHaveProperty('content-type');
      expect(response.headers).not.toHaveProperty('content-length');
    }
  });

  test('a request with another ETag gets the whole response', async () => {
    const { status, headers } = await send(mock, PATH, { headers: { 'If-None-Match': '"x"' } });
    expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: await getEtag(PATH) });
  });

  test('errors have none, so If-None-Match does not change them', async () => {
    const headers = { 'If-None-Match': '*' };
    expect(await send(mock, '/v2/customers/unknown', { headers })).toMatchObject({ status: 404 });
    const wrong = { ...headers, Authorization: encodeBasic('wrong') };
    expect(await send(mock, PATH, { headers: wrong })).toMatchObject({ status: 401 });
    expect((await send(mock, '/v2/customers/unknown')).headers).not.toHaveProperty('etag');
  });
});

test('each documented response has another request ID', async () => {
  const paths = PAIRS.flatMap(({ path }) => [path, path]);
  const ids = await Promise.all(paths.map(async (path) => (await send(mock, path)).headers['x-request-id']));

  for (const id of ids) expect(id).toMatch(/^req_mock-\d+$/);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the mock does not promise HTTPS', async () => {
  expect((await send(mock, PATH)).headers).not.toHaveProperty('strict-transport-security');
});

test('Prefer: code=304 gets the documented 304', async () => {
  const response = await send(mock, PATH, { headers: { Prefer: 'code=304' } });
  expect(response).toMatchObject({ status: 304, text: '', headers: { etag: expect.stringMatching(/^".+"$/) } });
});
