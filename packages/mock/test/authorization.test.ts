import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { describe, expect, test } from 'vitest';
import { documentedError, pathOf } from './description.ts';
import { basic, runningMock, send } from './running-mock.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('accepts the key', () => {
  test.each([
    ['in HTTP Basic', basic(DEFAULT_TOKEN)],
    ['as a token', `Token token="${DEFAULT_TOKEN}"`],
    ['with the scheme in another letter case', basic(DEFAULT_TOKEN).replace('Basic', 'bASIC')],
  ])('%s', async (_, authorization) => {
    const answer = await send(await runningMock(), pathOf('stripe_id'), { headers: { Authorization: authorization } });

    expect(answer.status).toBe(200);
  });
});

describe('returns the documented 401 for', () => {
  test.each([
    ['an empty header', ''],
    ['another key', basic('another')],
    ['another key as a token', 'Token token="another"'],
    ['a prefix of the key', basic(DEFAULT_TOKEN.slice(0, -1))],
    ['the key with a suffix', `Token token="${DEFAULT_TOKEN}x"`],
    ['the key in lowercase', basic(DEFAULT_TOKEN.toLowerCase())],
    ['the key as password', `Basic ${base64(`:${DEFAULT_TOKEN}`)}`],
    ['the key with a password', `Basic ${base64(`${DEFAULT_TOKEN}:secret`)}`],
    ['the key without a colon', `Basic ${base64(DEFAULT_TOKEN)}`],
    ['the key without base64 encoding', `Basic ${DEFAULT_TOKEN}:`],
    ['invalid base64', `Basic ${base64(`${DEFAULT_TOKEN}:`)}!`],
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
  ])('%s, before anything else is checked', async (_, method, path) => {
    const answer = await send(await runningMock(), path, { method, headers: { Authorization: basic('another') } });

    expect(answer.status).toBe(401);
  });
});

test('accepts a configured key instead of the default key', async () => {
  const mock = await runningMock({ token: 'sesame' });

  expect((await send(mock, pathOf('stripe_id'), { headers: { Authorization: basic('sesame') } })).status).toBe(200);
  expect((await send(mock, pathOf('stripe_id'))).status).toBe(401);
});
