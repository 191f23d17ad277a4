import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { describe, expect, test } from 'vitest';
import { documentedError, pathOf } from './description.ts';
import { basic, runningMock, send } from './running-mock.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('the key is accepted', () => {
  test.each([
    ['in HTTP Basic', basic(DEFAULT_TOKEN)],
    ['as a token', `Token token="${DEFAULT_TOKEN}"`],
    ['whatever the case of the scheme', basic(DEFAULT_TOKEN).replace('Basic', 'bASIC')],
  ])('%s', async (_, authorization) => {
    const answer = await send(await runningMock(), pathOf('stripe_id'), { headers: { Authorization: authorization } });

    expect(answer.status).toBe(200);
  });
});

describe('anything else gets the documented 401', () => {
  test.each([
    ['an empty header', ''],
    ['another key', basic('another')],
    ['another key as a token', 'Token token="another"'],
    ['the beginning of the key', basic(DEFAULT_TOKEN.slice(0, -1))],
    ['the key and more', `Token token="${DEFAULT_TOKEN}x"`],
    ['the key in another case', basic(DEFAULT_TOKEN.toLowerCase())],
    ['the key as password', `Basic ${base64(`:${DEFAULT_TOKEN}`)}`],
    ['the key with a password', `Basic ${base64(`${DEFAULT_TOKEN}:secret`)}`],
    ['the key without a colon', `Basic ${base64(DEFAULT_TOKEN)}`],
    ['the key as it is', `Basic ${DEFAULT_TOKEN}:`],
    ['base64 with something in it', `Basic ${base64(`${DEFAULT_TOKEN}:`)}!`],
    ['the key as a bearer token', `Bearer ${DEFAULT_TOKEN}`],
    ['the token without quotes', `Token token=${DEFAULT_TOKEN}`],
    ['the bare key', DEFAULT_TOKEN],
  ])('%s', async (_, authorization) => {
    const answer = await send(await runningMock(), pathOf('stripe_id'), { headers: { Authorization: authorization } });

    expect(answer.status).toBe(401);
    expect(answer.json).toEqual(documentedError('401'));
    expect(answer.headers['www-authenticate']).toMatch(/^Basic realm=".+", Token realm=".+"$/);
  });

  test('no header', async () => {
    const { url } = await runningMock();

    expect((await fetch(url + pathOf('stripe_id'))).status).toBe(401);
  });

  test.each([
    ['an unknown customer', 'GET', pathOf('unknown_customer')],
    ['a bad identifier', 'GET', '/v2/customers/%ZZ'],
    ['an undocumented method', 'DELETE', pathOf('stripe_id')],
    ['an unknown path', 'GET', '/v3'],
  ])('before the mock says anything of %s', async (_, method, path) => {
    const answer = await send(await runningMock(), path, { method, headers: { Authorization: basic('another') } });

    expect(answer.status).toBe(401);
  });
});

test('another key can be configured, and the default one is then refused', async () => {
  const mock = await runningMock({ token: 'sesame' });

  expect((await send(mock, pathOf('stripe_id'), { headers: { Authorization: basic('sesame') } })).status).toBe(200);
  expect((await send(mock, pathOf('stripe_id'))).status).toBe(401);
});
