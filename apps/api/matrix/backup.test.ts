import { existsSync } from 'node:fs';
import { chown, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { seed } from '../src/seed.ts';
import { type Context, sqlite } from '../test/databases.ts';
import { runCommand, startCommand, startServeCommand, waitForExit } from '../test/run-command.ts';
import { createAccountWith, createCustomer, importAll, retrieve, startTestApi } from '../test/running-api.ts';

/** Creates seeded data and a backup of it. */
async function setUp(context: Context) {
  const location = await sqlite.create(context);
  const seeded = await seed(location, {});
  const backup = join((await sqlite.create(context)).directory, 'backup');
  expect(await runCommand(location, ['backup', backup])).toMatchObject({ code: 0 });
  return { location, backup, ...seeded };
}

test('a backup while a server answers and an import writes is complete, and can be restored elsewhere', async (context) => {
  const location = await sqlite.create(context);
  const { key, accountId } = await seed(location, {});
  const { server, url } = await startServeCommand(context, location, ['--workers', '2']);
  const importing = startCommand(location, ['import', '-', '--account', String(accountId)]);
  context.onTestFinished(() => void importing.kill('SIGKILL'));
  const lines = Array.from({ length: 20_000 }, (_, index) => JSON.stringify(createCustomer(index + 1)));
  importing.stdin.end(lines.join('\n'));
  let isRunning = true;
  const load = Array.from({ length: 4 }, async () => {
    while (isRunning) expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
  });
  const folder = (await sqlite.create(context)).directory;
  const backups: string[] = [];
  while (importing.exitCode === null || backups.length < 3) {
    const backup = join(folder, String(backups.length));
    expect(await runCommand(location, ['backup', backup])).toMatchObject({ code: 0, stderr: '' });
    backups.push(backup);
  }
  isRunning = false;
  await Promise.all(load);
  server.kill('SIGTERM');
  await waitForExit(server);

  for (const backup of backups) {
    const restored = await sqlite.create(context);
    expect(await runCommand(restored, ['restore', backup])).toMatchObject({ code: 0 });
    const file = new Sqlite(join(restored.directory, 'customers.db'));
    const count = file.prepare('select count(*) from customers where id <= 20000').pluck().get();
    const integrity = file.pragma('integrity_check', { simple: true });
    file.close();
    expect(integrity).toBe('ok');
    // An import is in a backup as a whole or not at all.
    expect([0, 20_000]).toContain(count);
    const api = await startTestApi(context, { database: restored });
    expect((await retrieve(api.url, key, 'cus_1234ABCD')).status).toBe(200);
    expect((await retrieve(api.url, key, 'cus_20000')).status).toBe(count === 0 ? 404 : 200);
  }
});

test('a backup contains the secrets, and only its owner can read it', async (context) => {
  const { location, backup } = await setUp(context);
  expect((await runCommand(location, ['secret', 'rotate'])).code).toBe(0);
  const second = `${backup}-2`;
  expect(await runCommand(location, ['backup', second])).toMatchObject({
    code: 0,
    stdout: `Backed up customers.db and secret and secret.previous to ${second}.\n`,
  });

  expect((await readdir(second)).toSorted()).toEqual(['customers.db', 'manifest.json', 'secret', 'secret.previous']);
  expect((await stat(second)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(second)) expect((await stat(join(second, name))).mode & 0o777).toBe(0o600);
  expect(await runCommand(location, ['backup', second])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('already exists'),
  });
});

test('a secret in a variable is not written to the backup', async (context) => {
  const location = await sqlite.create(context);
  const env = { FIRSTOFFICER_API_SECRET: 's'.repeat(40) };
  await seed(location, env);
  const backup = join((await sqlite.create(context)).directory, 'backup');
  const { code, stderr } = await runCommand(location, ['backup', backup], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('FIRSTOFFICER_API_SECRET') });
  for (const name of await readdir(backup)) expect(String(await readFile(join(backup, name)))).not.toContain('ssss');

  const restored = await sqlite.create(context);
  expect(await runCommand(restored, ['restore', backup])).toMatchObject({
    code: 3,
    // The directory in which the files are checked is deleted, and `secret reset` is no way out.
    stderr: expect.not.stringMatching(/restoring|secret reset/),
  });
  expect(await readdir(restored.directory)).toEqual([]);
  expect(await runCommand(restored, ['restore', backup], { env })).toMatchObject({ code: 0 });
});

describe('a restore replaces data', () => {
  test('only with --force, and not while a server runs', async (context) => {
    const { location, backup, key, accountId } = await setUp(context);
    await importAll(location, accountId, [createCustomer(1)]);
    const { server, url } = await startServeCommand(context, location);
    expect(await runCommand(location, ['restore', backup])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--force'),
    });
    expect(await runCommand(location, ['restore', backup, '--force'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('in use'),
    });
    expect((await retrieve(url, key, 'cus_1')).status).toBe(200);
    server.kill('SIGTERM');
    await waitForExit(server);

    expect(await runCommand(location, ['restore', backup, '--force'])).toMatchObject({ code: 0 });
    const api = await startTestApi(context, { database: location });
    expect((await retrieve(api.url, key, 'cus_1')).status).toBe(404);
    expect((await retrieve(api.url, key, 'cus_1234ABCD')).status).toBe(200);
    expect(existsSync(join(location.directory, 'restoring'))).toBe(false);
    expect((await runCommand(location, ['audit', 'list'])).stdout).toMatch(/ restore .*backupCreatedAt/);
  });

  test('also if the existing database is damaged or has another secret', async (context) => {
    const { backup, key } = await setUp(context);
    const damaged = await sqlite.create(context);
    await createAccountWith(damaged, []);
    await writeFile(join(damaged.directory, 'customers.db'), Buffer.alloc(100_000, 'x'));
    expect(await runCommand(damaged, ['restore', backup, '--force'])).toMatchObject({ code: 0 });
    const api = await startTestApi(context, { database: damaged });
    expect((await retrieve(api.url, key, 'cus_1234ABCD')).status).toBe(200);
  });
});

test.skipIf(process.getuid?.() !== 0)('root restores files for the owner of the data directory', async (context) => {
  const { backup } = await setUp(context);
  const { directory } = await sqlite.create(context);
  await chown(directory, 1_234, 1_234);
  expect(await runCommand({ directory }, ['restore', backup])).toMatchObject({ code: 0 });
  const files = (await readdir(directory)).toSorted();
  const owners = await Promise.all(files.map(async (name) => (await stat(join(directory, name))).uid));
  expect({ files, owners }).toEqual({ files: ['customers.db', 'secret'], owners: [1_234, 1_234] });
});

test.for<[string, string, (file: string) => Promise<void>]>([
  ['a byte of the database has changed', 'customers.db', flipByte],
  ['the secret has changed', 'secret', (file) => writeFile(file, 'z'.repeat(64))],
  ['the manifest is not JSON', 'manifest.json', (file) => writeFile(file, '{')],
])('a backup is refused, and nothing changes, if %s', async ([, name, change], context) => {
  const { location, backup, key } = await setUp(context);
  await change(join(backup, name));
  const { code, stderr } = await runCommand(location, ['restore', backup, '--force']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Use another backup.') });
  const api = await startTestApi(context, { database: location });
  expect((await retrieve(api.url, key, 'cus_1234ABCD')).status).toBe(200);
});

test.each(['backup', 'restore'])('with DATABASE_URL, %s says how to do it with PostgreSQL', async (name) => {
  const location = { directory: 'unused', url: 'postgresql://user:hunter2@127.0.0.1:1/db' };
  const { code, stderr } = await runCommand(location, [name, 'backup']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/pg_(dump|restore)/) });
  expect(stderr).not.toContain('hunter2');
});

test('a damaged database is not backed up, and nothing is left behind', async (context) => {
  const { location, backup } = await setUp(context);
  await writeFile(join(location.directory, 'customers.db'), Buffer.alloc(100_000, 'x'));
  const target = `${backup}-2`;
  const { code, stderr } = await runCommand(location, ['backup', target]);
  expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('damaged') });
  expect([target, `${target}.partial`].filter(existsSync)).toEqual([]);
});

test('a directory without a database or a backup is refused', async (context) => {
  const { directory } = await sqlite.create(context);
  const target = join(directory, 'backup');
  expect(await runCommand({ directory }, ['backup', target])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('no database'),
  });
  expect(await runCommand({ directory }, ['restore', directory])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not a backup'),
  });
  expect(await readdir(directory)).toEqual([]);
});

async function flipByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
  await writeFile(file, bytes);
}
