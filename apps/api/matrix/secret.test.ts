import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAccount } from '../src/accounts.ts';
import { createAuthenticator } from '../src/api-keys/authenticate.ts';
import { parseKeyId } from '../src/api-keys/format.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import { migrate } from '../src/database/migrate.ts';
import { databases } from '../test/databases.ts';
import { runCommand } from '../test/run-command.ts';
import { openInTest, retrieve, startSeededApi, startTestApi } from '../test/running-api.ts';

describe.each(databases)('the commands for the secret, on $name', (kind) => {
  test('six processes agree on the secret of a new database', async (context) => {
    const location = await kind.create(context);
    const database = openInTest(context, location);
    await migrate(database);
    const accountId = await createAccount(database, 'Test');
    const create = ['key', 'create', '--account', String(accountId)];
    const results = await Promise.all(Array.from({ length: 6 }, () => runCommand(location, create)));
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    const authenticate = createAuthenticator(database, await loadSecret(database, location.directory, {}));
    for (const { stdout } of results) expect(await authenticate(stdout.trim())).toMatchObject({ accountId });
  });

  test('keys of both secrets are valid during a rotation, and each key moves to the new secret when it is used', async (context) => {
    const api = await startSeededApi(context, kind);
    const { location, key, accountId } = api;
    const run = (...args: string[]) => runCommand(location, args);
    expect(await run('secret', 'rotate')).toMatchObject({ code: 0 });
    expect(await run('secret', 'rotate')).toMatchObject({ code: 1, stderr: expect.stringContaining('secret retire') });
    const second = (await run('key', 'create', '--account', String(accountId))).stdout.trim();
    expect((await retrieve(api.url, key, 'cus_1234ABCD')).status, 'before the restart').toBe(200);

    await api.close();
    const restarted = await startTestApi(context, { database: location });
    for (const valid of [key, second]) {
      expect((await retrieve(restarted.url, valid, 'cus_1234ABCD')).status).toBe(200);
    }
    const status = (await run('secret', 'status', '--json')).stdout.trim().split('\n');
    expect(status.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ secret: 'current', activeKeys: 1, place: join(location.directory, 'secret') }),
      expect.objectContaining({ secret: 'previous', activeKeys: 1 }),
    ]);
    expect(await run('secret', 'retire')).toMatchObject({ code: 1, stdout: `${parseKeyId(key)}\n` });
    await retrieve(restarted.url, key, 'cus_1234ABCD');
    // A server writes the hashes when it stops, and every 10 s.
    await restarted.close();
    expect(await run('secret', 'retire')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Revoked keys: 0'),
    });
    expect(await run('secret', 'retire')).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing to do') });
    expect(await readdir(location.directory)).not.toContain('secret.previous');

    const { url } = await startTestApi(context, { database: location });
    for (const valid of [key, second]) expect((await retrieve(url, valid, 'cus_1234ABCD')).status).toBe(200);
  });

  test('a reset needs a confirmation', async (context) => {
    const { location, key, url } = await startSeededApi(context, kind);
    const run = (...args: string[]) => runCommand(location, args);
    expect(await run('secret', 'reset')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
    const stdout = expect.stringContaining('Revoked keys: 1');
    expect(await run('secret', 'reset', '--yes')).toMatchObject({ code: 0, stdout });
    expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(401);
  });
});
