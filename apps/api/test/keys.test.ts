import { describe, expect, test } from 'vitest';
import { createKey, listKeys, revokeKey, updateKey } from '../src/accounts.ts';
import { parseKeyId } from '../src/api-keys/format.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import { listChanges } from '../src/audit.ts';
import { parseExpiry, parseLimit } from '../src/commands/options.ts';
import { databases } from './databases.ts';
import { authorize, openInTest, retrieve, startSeededApi } from './running-api.ts';

const DAY = 24 * 3_600_000;

describe.each(databases)('keys, on $name', (kind) => {
  test('are rejected from the time on at which they expire, on a running server', async (context) => {
    const { url, key, location } = await startSeededApi(context, kind);
    const database = openInTest(context, location);
    const id = parseKeyId(key) ?? '';
    const getStatus = async (expires_at: number | null) => {
      await updateKey(database, id, { expires_at });
      return (await retrieve(url, key, 'cus_1234ABCD')).status;
    };
    expect(await getStatus(Date.now() + DAY)).toBe(200);
    expect(await getStatus(Date.now())).toBe(401);
    expect(await getStatus(null)).toBe(200);
  });

  test('that have a limit get a 429 above it, before any other error, and do not limit other keys', async (context) => {
    const { url, key, location, accountId } = await startSeededApi(context, kind);
    const database = openInTest(context, location);
    const secret = await loadSecret(database, location.directory, {});
    const limited = await createKey(database, secret, { accountId, label: 'limited', limit_per_minute: 3 });
    const statuses: number[] = [];
    for (const path of [
      'customers/cus_1234ABCD',
      'customers/unknown',
      'nothing',
      'customers/cus_1234ABCD',
      'nothing',
    ]) {
      statuses.push((await fetch(`${url}/v2/${path}`, { headers: authorize(limited.key) })).status);
    }
    expect(statuses).toEqual([200, 404, 404, 429, 429]);
    const response = await retrieve(url, limited.key, 'cus_1234ABCD');
    const seconds = Number(response.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
    expect((await retrieve(url, 'wrong', 'cus_1234ABCD')).status).toBe(401);

    await updateKey(database, limited.id, { limit_per_minute: null });
    expect((await retrieve(url, limited.key, 'cus_1234ABCD')).status).toBe(200);
  });

  test('keep the limits that an update does not name, and the audit log has the new ones', async (context) => {
    const { key, location } = await startSeededApi(context, kind);
    const database = openInTest(context, location);
    const id = parseKeyId(key) ?? '';
    const expires_at = Date.now() + DAY;
    await updateKey(database, id, { expires_at });
    await updateKey(database, id, { limit_per_minute: 7 });
    expect(await listKeys(database)).toMatchObject([{ id, expires_at, limit_per_minute: 7 }]);
    const changes = (await listChanges(database)).filter(({ command }) => command === 'key update');
    expect(changes.map(({ subject, details }) => [subject, JSON.parse(details)])).toEqual([
      [id, { expires_at }],
      [id, { limit_per_minute: 7 }],
    ]);

    await revokeKey(database, id);
    await expect(updateKey(database, id, { expires_at: null })).rejects.toThrow('No active key');
    await expect(updateKey(database, 'unknown', { expires_at: null })).rejects.toThrow('No active key');
  });
});

test('an expiry is a duration or a time in the future', () => {
  const now = Date.now();
  expect(parseExpiry('90d') - now).toBeGreaterThanOrEqual(90 * DAY);
  expect(parseExpiry('90d') - now).toBeLessThan(91 * DAY);
  expect(parseExpiry('2w') - parseExpiry('12h')).toBeGreaterThan(13 * DAY);
  expect(parseExpiry('9000-01-31T12:00Z')).toBe(Date.parse('9000-01-31T12:00Z'));
  for (const value of ['0d', '-1d', '90', '1.5d', '90 d', 'soon', '9000-02-30', ''])
    expect(() => parseExpiry(value), value).toThrow('such as 90d');
  expect(() => parseExpiry('2020-01-31')).toThrow('in the past');
  expect(() => parseExpiry('9999999w')).toThrow('too far');
});

test('a limit is at least 1', () => {
  expect(parseLimit('600')).toBe(600);
  for (const value of ['0', '-1', '1.5', '', '1e3', '9999999999'])
    expect(() => parseLimit(value)).toThrow('from 1 to 999999999');
});
