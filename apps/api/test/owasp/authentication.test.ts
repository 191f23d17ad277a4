import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listKeys, revokeKey } from '../../src/accounts.ts';
import { generateKey, parseKeyId } from '../../src/api-keys/format.ts';
import type { ApiOptions } from '../../src/start.ts';
import { databases } from '../databases.ts';
import { runCommand } from '../run-command.ts';
import {
  authorize,
  formatRequest,
  openInTest,
  retrieve,
  sendRaw,
  startSeededApi,
  startTestApi,
} from '../running-api.ts';

describe.each(databases)('API2:2023 Broken Authentication, on $name', (kind) => {
  test('two keys are active during a rotation, and a revoked key is rejected at once', async (context) => {
    const api = await startSeededApi(context, kind);
    const made = await runCommand(api.location, ['key', 'create', '--account', String(api.accountId)]);
    const second = made.stdout.trim();
    expect(second).toMatch(/^fo_[0-9A-Za-z]{40}$/);
    expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(200);
    expect((await retrieve(api.url, second, 'cus_1234ABCD')).status).toBe(200);

    const database = openInTest(context, api.location);
    await revokeKey(database, parseKeyId(api.key) ?? '');
    expect((await retrieve(api.url, api.key, 'cus_1234ABCD')).status).toBe(401);
    expect((await retrieve(api.url, second, 'cus_1234ABCD')).status).toBe(200);

    await api.close();
    const keys = await listKeys(database, api.accountId);
    expect(keys.find(({ id }) => id === parseKeyId(second))?.last_used_at).toBeGreaterThan(Date.now() - 60_000);
  });

  test('a server with another secret than its keys does not start', async (context) => {
    const api = await startSeededApi(context, kind);
    const env = { FIRSTOFFICER_API_SECRET: 'another secret, of 32 characters or more' };
    await expect(startTestApi(context, { database: api.location, env })).rejects.toThrow('created with another secret');
  });

  test('no file in the data directory and no table contains the key, and only the owner can read the secret', async (context) => {
    const { location, key } = await startSeededApi(context, kind);
    const files = await readdir(location.directory);
    for (const file of files) {
      expect((await readFile(join(location.directory, file))).includes(key.slice(13)), file).toBe(false);
    }
    const { query } = openInTest(context, location);
    for (const table of ['accounts', 'api_keys', 'customers', 'settings'] as const) {
      const values = (await query.selectFrom(table).selectAll().execute()).flatMap((row) => Object.values(row));
      expect(values.map(String).join(' '), table).not.toContain(key.slice(13));
    }
    expect((await stat(join(location.directory, 'secret'))).mode & 0o077).toBe(0);
  });

  test('a valid key is accepted as Basic or as Token; everything else gets a 401', async (context) => {
    const { url, key } = await startSeededApi(context, kind);
    const other = key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const getStatus = async (...values: readonly string[]) => {
      const lines = values.map((value) => `Authorization: ${value}\r\n`).join('');
      return (
        await sendRaw(url, `GET /v2/customers/cus_1234ABCD HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines}\r\n`)
      ).status;
    };
    const encodeBasic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

    expect(await getStatus(encodeBasic(`${key}:`))).toBe(200);
    expect(await getStatus(`Token token="${key}"`)).toBe(200);
    for (const value of [
      '',
      'Basic',
      encodeBasic(':'),
      encodeBasic(key),
      encodeBasic(`${key}:x`),
      encodeBasic(`:${key}`),
      encodeBasic(`${key} :`),
      `${encodeBasic(`${key}:`)}!`,
      `Token token=${key}`,
      `Token token="${key}", x="y"`,
      `Bearer ${key}`,
      key,
      ...[other, key.slice(0, -1), `${key}x`, key.toUpperCase(), key.slice(3)].map((wrong) => `Token token="${wrong}"`),
    ]) {
      expect(await getStatus(value), value.replace(key, '…')).toBe(401);
    }
    expect(await getStatus(encodeBasic(`${key}:`), encodeBasic(`${key}:`)), 'twice').toBe(401);
  });

  test('the key is checked before the path, the method and the identifier', async (context) => {
    const { url } = await startSeededApi(context, kind);
    for (const request of [
      formatRequest('/v2/customers/%ZZ'),
      formatRequest('/v2/customers/'),
      formatRequest('/nothing/here'),
      formatRequest('/%ZZ'),
      formatRequest('/v2/customers/cus_1234ABCD', {}, 'DELETE'),
      formatRequest('/v2/customers/cus_1234ABCD', {}, 'CONNECT'),
      formatRequest('/v2/customers/cus_1234ABCD', { Expect: 'something' }),
      formatRequest(`/v2/customers/${'x'.repeat(20_000)}`),
    ]) {
      const { status, text } = await sendRaw(url, request);
      expect({ status, challenge: /www-authenticate: .*Basic/i.test(text) }, request.slice(0, 60)).toEqual({
        status: 401,
        challenge: true,
      });
    }
  });

  test('an address with too many failures gets a 429 with Retry-After, but a valid key is always accepted', async (context) => {
    const { url, key } = await startSeededApi(context, kind, { limits: { failedAuthentications: 3 } });
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) statuses.push((await retrieve(url, 'wrong', 'cus_1234ABCD')).status);
    const throttled = await fetch(`${url}/v2/customers/x`, { headers: authorize('wrong') });

    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await throttled.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  });

  test('failures are counted per client of a trusted proxy; other clients cannot choose their address', async (context) => {
    const limits = { failedAuthentications: 1 };
    const behindProxy = await startSeededApi(context, kind, { limits, trustProxy: '127.0.0.1' });
    const direct = await startSeededApi(context, kind, { limits });
    const getStatuses = async (url: string) => {
      const seen: number[] = [];
      for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2']) {
        const headers = { ...authorize('wrong'), 'X-Forwarded-For': address, 'X-Forwarded-Proto': 'https' };
        seen.push((await fetch(`${url}/v2/customers/x`, { headers })).status);
      }
      return seen;
    };
    expect(await getStatuses(behindProxy.url)).toEqual([401, 429, 401]);
    expect(await getStatuses(direct.url)).toEqual([401, 429, 429]);
  });

  test('failures of all spellings of a client address count together', async (context) => {
    const { url } = await startSeededApi(context, kind, {
      limits: { failedAuthentications: 1 },
      trustProxy: '127.0.0.1',
    });
    for (const spellings of [
      ['2001:db8::1', '2001:db8::2', '2001:DB8:0:0:ffff::', '[2001:db8::3]:443', '2001:0db8:0000::4%eth0'],
      ['192.0.2.1', '::ffff:192.0.2.1', '::FFFF:c000:201', '192.0.2.1:8080', '64:ff9b::192.0.2.1'],
      ['192.0.2.2', '[::ffff:192.0.2.2]:80'],
      ['2001:db8:0:1::1', '2001:db8:0:1:ffff::'],
    ]) {
      const statuses: number[] = [];
      for (const address of spellings) {
        const headers = { ...authorize('wrong'), 'X-Forwarded-For': address, 'X-Forwarded-Proto': 'https' };
        statuses.push((await fetch(`${url}/v2/customers/x`, { headers })).status);
      }
      expect(statuses, String(spellings)).toEqual([401, ...spellings.slice(1).map(() => 429)]);
    }
    // A target that cannot be decoded is counted in the same way.
    for (const [address, status] of [
      ['2001:db8:0:2::1', 401],
      ['2001:db8:0:2::2', 429],
      ['2001:db8:0:3::1', 401],
    ] as const) {
      const headers = { 'X-Forwarded-For': address, 'X-Forwarded-Proto': 'https' };
      expect((await sendRaw(url, formatRequest('/v2/customers/%ZZ', headers))).status, address).toBe(status);
    }
  });

  test('with a trusted proxy, only requests that the proxy received over HTTPS are served', async (context) => {
    const trusted = await startSeededApi(context, kind, { trustProxy: '127.0.0.1' });
    const start = (options: Partial<ApiOptions>) => startTestApi(context, { database: trusted.location, ...options });
    const untrusted = await start({ trustProxy: '192.0.2.1' });
    const insecure = await start({ trustProxy: '127.0.0.1', insecureHttp: true });
    const direct = await start({});
    const getStatuses = async (...values: readonly string[]) => {
      const headers = { ...authorize(trusted.key), Connection: 'close' };
      const lines = values.map((value) => `X-Forwarded-Proto: ${value}\r\n`).join('');
      const answers = [trusted, untrusted, insecure, direct].map(({ url }) =>
        sendRaw(url, formatRequest('/v2/customers/cus_1234ABCD', headers).replace(/\r\n$/, `${lines}\r\n`)),
      );
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    const isServed = [200, 403, 200, 200];
    const isRejected = [403, 403, 200, 200];
    expect(await getStatuses()).toEqual(isRejected);
    for (const value of ['https', 'HTTPS', ' https\t', 'http, https', 'http,https', 'x,https']) {
      expect(await getStatuses(value), value).toEqual(isServed);
    }
    for (const value of [
      '',
      'http',
      'HTTP',
      'https, http',
      'https,',
      'https, ',
      'https;',
      'httpss',
      '"https"',
      'wss',
    ]) {
      expect(await getStatuses(value), value).toEqual(isRejected);
    }
    expect(await getStatuses('http', 'https')).toEqual(isServed);
    expect(await getStatuses('https', 'http')).toEqual(isRejected);

    for (const request of [
      formatRequest('/v2/customers/cus_1234ABCD', { 'X-Forwarded-Proto': 'http' }),
      formatRequest('/v2/customers/cus_1234ABCD', { Forwarded: 'proto=https', 'X-Forwarded-Ssl': 'on' }),
      formatRequest('https://a/v2/customers/cus_1234ABCD', authorize(trusted.key)),
      formatRequest('/unknown'),
      formatRequest('/%ZZ'),
      formatRequest('a:443', {}, 'CONNECT'),
    ]) {
      const { status, text } = await sendRaw(trusted.url, request);
      expect(status, request).toBe(403);
      expect(text, request).toContain('This API needs HTTPS.');
    }
    for (const target of ['/v2/customers/%ZZ', '/unknown', 'http:///v2/customers/x', '/v2/customers/x#y']) {
      const headers = { 'X-Forwarded-Proto': 'https' };
      expect((await sendRaw(trusted.url, formatRequest(target, headers))).status, target).toBe(401);
      const { status } = await sendRaw(trusted.url, formatRequest(target, { ...headers, ...authorize(trusted.key) }));
      expect(status, target).toBe(target === '/unknown' ? 404 : 400);
    }
    // Load balancers use plain HTTP.
    for (const path of ['/healthz', '/readyz']) expect((await fetch(`${trusted.url}${path}`)).status).toBe(200);
  });
});

describe('API2:2023 Broken Authentication, the format of keys', () => {
  test('a key contains its ID, has at least 128 random bits, and needs no escaping', () => {
    const { key, id } = generateKey();
    const [, secret = ''] = /^fo_[0-9A-Za-z]{10}([0-9A-Za-z]{24})[0-9A-Za-z]{6}$/.exec(key) ?? [];

    expect(parseKeyId(key)).toBe(id);
    expect(Math.log2(62) * secret.length).toBeGreaterThan(128);
    expect(new Set(Array.from({ length: 1_000 }, () => generateKey().id)).size).toBe(1_000);
  });

  test('every wrong, missing, doubled or swapped character is detected', () => {
    const { key } = generateKey();
    for (let at = 0; at < key.length; at += 1) {
      const current = key[at] ?? '';
      const next = key[at + 1] ?? '';
      const wrong = current === 'x' ? 'y' : 'x';
      const mistakes = [wrong + next, next, current + current + next, next === current ? wrong + next : next + current];
      for (const mistake of next === '' ? mistakes.slice(0, 3) : mistakes) {
        expect(parseKeyId(key.slice(0, at) + mistake + key.slice(at + 2)), `at ${at}`).toBeUndefined();
      }
    }
  });
});
