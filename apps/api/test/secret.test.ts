import { chmod, chown, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createAccount, createKey } from '../src/accounts.ts';
import { createAuthenticator, createLastUseRecorder, createUseWriter } from '../src/api-keys/authenticate.ts';
import { parseKeyId } from '../src/api-keys/format.ts';
import { getSecretStatus, resetSecret, retireSecret, rotateSecret } from '../src/api-keys/rotation.ts';
import { loadSecret, type Secret } from '../src/api-keys/secret.ts';
import { listChanges } from '../src/audit.ts';
import type { Database } from '../src/database/database.ts';
import { migrate } from '../src/database/migrate.ts';
import type { DatabaseLocation } from '../src/database/open.ts';
import { seed } from '../src/seed.ts';
import { type Context, databases, sqlite } from './databases.ts';
import { openInTest, startSeededApi, startTestApi } from './running-api.ts';

const FIRST = 'the first secret, of 32 characters or more';
const SECOND = 'the second secret, of 32 characters or more';

async function openMigrated(context: Context, location: DatabaseLocation): Promise<Database> {
  const database = openInTest(context, location);
  await migrate(database);
  return database;
}

const createTestKey = async (database: Database, secret: Secret, accountId: number) =>
  (await createKey(database, secret, { accountId, label: 'test' })).key;

// On SQLite, all reads in one turn of the event loop see the same state.
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe.each(databases)('the secret, on $name', (kind) => {
  test('a server without the secret of its keys does not start, and leaves no other secret behind', async (context) => {
    const { location } = await startSeededApi(context, kind);
    const file = join(location.directory, 'secret');
    for (const empty of [false, true]) {
      await rm(file, { force: true });
      if (empty) await writeFile(file, '\n');
      const before = await readdir(location.directory);
      const starting = startTestApi(context, { database: location });
      await expect(starting).rejects.toThrow(`${file} does not contain it`);
      expect(await readdir(location.directory)).toEqual(before);
    }
  });

  test('a new database uses an existing secret, and replaces an empty file', async (context) => {
    const location = await kind.create(context);
    const database = await openMigrated(context, location);
    const file = join(location.directory, 'secret');
    await writeFile(file, 'short');
    // A reset would not help, because there is no secret yet.
    await expect(loadSecret(database, location.directory, {})).rejects.toThrow('a new one if there are no keys yet');
    await writeFile(file, '');
    const [first, second] = await Promise.all([
      loadSecret(database, location.directory, {}),
      loadSecret(database, location.directory, {}),
    ]);
    expect(second).toEqual(first);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(location.directory)).not.toContain('secret.new');
  });

  test('servers can get a new secret before or after the rotation begins, one after another', async (context) => {
    const location = await kind.create(context);
    const database = await openMigrated(context, location);
    const accountId = await createAccount(database, 'Test');
    const load = (env: NodeJS.ProcessEnv) => loadSecret(database, location.directory, env);
    const old = { FIRSTOFFICER_API_SECRET: FIRST };
    const both = { FIRSTOFFICER_API_SECRET: SECOND, FIRSTOFFICER_API_SECRET_PREVIOUS: FIRST };
    const oldKey = await createTestKey(database, await load(old), accountId);
    // Keys of earlier versions have no fingerprint.
    await database.query.updateTable('api_keys').set({ secret_fingerprint: null }).execute();
    const oldServer = createAuthenticator(database, await load(old));
    const earlyServer = createAuthenticator(database, await load(both));
    expect(await earlyServer(oldKey)).toMatchObject({ accountId });

    await rotateSecret(database, { directory: location.directory, env: both });
    const newKey = await createTestKey(database, await load(both), accountId);
    const lateServer = createAuthenticator(database, await load(both));
    const recorder = createLastUseRecorder(createUseWriter(database));
    for (const server of [oldServer, earlyServer, lateServer]) {
      const identity = (await server(oldKey)) ?? expect.fail();
      recorder.record({ ...identity, at: Date.now() });
    }
    await recorder.flush();
    // The old server may still run, so no key has moved yet.
    expect(await oldServer(oldKey)).toMatchObject({ accountId });
    expect(await oldServer(newKey)).toBeUndefined();
    await expect(load(old)).rejects.toThrow('created with another secret');
    await expect(load({ FIRSTOFFICER_API_SECRET: SECOND })).rejects.toThrow('FIRSTOFFICER_API_SECRET_PREVIOUS');

    const place = { directory: location.directory, env: both };
    expect((await retireSecret(database, place, false)).remaining).toEqual([parseKeyId(oldKey)]);
    await nextTurn();
    const moving = (await earlyServer(oldKey)) ?? expect.fail();
    recorder.record({ ...moving, at: Date.now() });
    await recorder.flush();
    expect((await retireSecret(database, place, false)).remaining).toEqual([]);
    const changes = await listChanges(database);
    expect(changes.filter(({ command }) => command === 'secret retire').map(({ details }) => details)).toEqual([
      '{"remainingKeys":1}',
      '{"revokedKeys":0}',
    ]);
    await nextTurn();
    for (const server of [
      earlyServer,
      lateServer,
      createAuthenticator(database, await load({ FIRSTOFFICER_API_SECRET: SECOND })),
    ]) {
      for (const key of [oldKey, newKey]) expect(await server(key)).toMatchObject({ accountId, newHash: undefined });
    }
    expect(await readdir(location.directory)).not.toContain('secret');
  });

  test('--revoke-remaining revokes the keys of the previous secret, also the expired ones', async (context) => {
    const location = await kind.create(context);
    const database = await openMigrated(context, location);
    const accountId = await createAccount(database, 'Test');
    const place = { directory: location.directory, env: {} };
    const secret = await loadSecret(database, location.directory, {});
    const keys = [await createTestKey(database, secret, accountId), await createTestKey(database, secret, accountId)];
    await database.query
      .updateTable('api_keys')
      .set({ expires_at: 1 })
      .where('id', '=', parseKeyId(keys[1] ?? '') ?? '')
      .execute();
    await rotateSecret(database, place);
    expect(await retireSecret(database, place, true)).toEqual({ remaining: [], revoked: 1, isRotating: true });
    expect(await database.query.selectFrom('api_keys').select('id').where('revoked_at', 'is', null).execute()).toEqual(
      [],
    );
  });

  test('a variable with the present secret is not rotated or reset, and the message says what to set', async (context) => {
    const location = await kind.create(context);
    const place = { directory: location.directory, env: { FIRSTOFFICER_API_SECRET: FIRST } };
    const database = await openMigrated(context, location);
    await loadSecret(database, location.directory, place.env);
    for (const change of [rotateSecret, resetSecret]) {
      await expect(change(database, place)).rejects.toThrow('FIRSTOFFICER_API_SECRET contains the present secret');
    }
    const hidden = { directory: location.directory, env: { FIRSTOFFICER_API_SECRET_PREVIOUS: SECOND } };
    await writeFile(join(location.directory, 'secret'), FIRST);
    await expect(rotateSecret(database, hidden)).rejects.toThrow('FIRSTOFFICER_API_SECRET_PREVIOUS would hide');
    expect(await getSecretStatus(database, place)).toEqual([
      { secret: 'current', fingerprint: expect.any(String), place: 'FIRSTOFFICER_API_SECRET', activeKeys: 0 },
    ]);
  });

  test.for(['missing', 'wrong', 'cut off', 'present'])(
    'a reset of a secret that is %s revokes all keys',
    async (state, context) => {
      const location = await kind.create(context);
      const database = await openMigrated(context, location);
      const accountId = await createAccount(database, 'Test');
      const place = { directory: location.directory, env: {} };
      const load = () => loadSecret(database, location.directory, {});
      const key = await createTestKey(database, await load(), accountId);
      const file = join(location.directory, 'secret');
      if (state === 'missing') await rm(file);
      if (state === 'wrong') await writeFile(file, SECOND);
      if (state === 'cut off') {
        await writeFile(file, FIRST.slice(0, 20));
        await expect(load()).rejects.toThrow(/too short.*secret reset/);
      }
      const authenticate = async (tried: string) => {
        await nextTurn();
        return createAuthenticator(database, await load())(tried);
      };

      expect(await resetSecret(database, place)).toBe(1);
      expect(await authenticate(key)).toBeUndefined();
      const created = await createTestKey(database, await load(), accountId);
      expect(await authenticate(created)).toMatchObject({ accountId });
      expect((await listChanges(database)).at(-2)).toMatchObject({
        command: 'secret reset',
        details: '{"revokedKeys":1}',
      });
    },
  );
});

test('files of an existing data directory can be read only by their owner', async (context) => {
  const { directory } = await sqlite.create(context);
  await chmod(directory, 0o755);
  await seed({ directory }, {});
  const getModes = async () =>
    Promise.all(
      (await readdir(directory)).map(async (file) => [file, (await stat(join(directory, file))).mode & 0o777] as const),
    );
  const isPrivate = ([file]: readonly [string, number]) => [file, 0o600];
  const database = openInTest(context, { directory });
  expect((await getModes()).map(([file]) => file)).toContain('customers.db-wal');
  expect(await getModes()).toEqual((await getModes()).map(isPrivate));

  for (const file of await readdir(directory)) await chmod(join(directory, file), 0o644);
  await loadSecret(openInTest(context, { directory }), directory, {});
  expect(await getModes()).toEqual((await getModes()).map(isPrivate));
  expect(await database.query.selectFrom('accounts').selectAll().execute()).toHaveLength(1);
});

test.runIf(process.getuid?.() === 0)(
  'files that root creates belong to the owner of the data directory',
  async (context) => {
    const { directory } = await sqlite.create(context);
    await chown(directory, 12_345, 12_345);
    await seed({ directory }, {});
    await rotateSecret(openInTest(context, { directory }), { directory, env: {} });
    const names = await readdir(directory);
    const owners = await Promise.all(names.map(async (name) => [name, (await stat(join(directory, name))).uid]));
    expect(names).toContain('secret.previous');
    expect(owners).toEqual(names.map((name) => [name, 12_345]));
  },
);
