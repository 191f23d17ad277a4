import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@firstofficer/common/listen';
import { listenInTest } from '@firstofficer/common/testing';
import { Client } from 'pg';
import { beforeEach, describe, expect, type TestContext, test } from 'vitest';
import { PostgresUnavailableError, startPostgres } from '../src/index.ts';
import { checkPrograms, copyBinaries, findTemporaryFolder, findUser, install, remove } from '../src/installation.ts';
import { startServers } from '../src/server.ts';

const PROGRAM = fileURLToPath(new URL('./program.ts', import.meta.url));

const unavailable = await install().then(
  ({ folder }) => remove(folder),
  (error: unknown) => {
    if (!(error instanceof PostgresUnavailableError) || process.env.REQUIRE_POSTGRES) throw error;
    return error.message;
  },
);

// The tests run concurrently, because each one mostly waits for its own server.
describe.concurrent('on a machine that runs the binaries', () => {
  beforeEach(({ skip }) => {
    if (unavailable !== undefined) skip(unavailable);
  });

  test('a server listens only on loopback, checks the password, and runs SQL until it is stopped', async () => {
    const { url, stop } = await startPostgres();
    expect(await query(url, "select lower('Ä')")).toBe('ä');
    expect(await query(url, 'show listen_addresses')).toBe('127.0.0.1');
    expect(await query(url, 'show unix_socket_directories')).toBe('');
    await expect(query(url.replace(/:\w+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
    const data = await query(url, 'show data_directory');
    await stop();

    await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(existsSync(join(data, '..'))).toBe(false);
  });

  test.for<[string, (child: ChildProcess) => void]>([
    ['killed by SIGKILL', (child) => child.kill('SIGKILL')],
    ['interrupted with its process group, as by Ctrl-C', (child) => process.kill(-(child.pid ?? 0), 'SIGINT')],
  ])('the server and its files are gone after the process is %s', async ([how, end], context) => {
    if (process.platform === 'win32' && how.includes('group')) context.skip('Windows has no process groups');
    const { child, folder, nextLine, ended } = await startProgram(context);
    await nextLine();
    const url = await nextLine();
    expect(await query(url, 'show data_directory')).toContain(folder);
    end(child);
    await ended;

    await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('all files are gone after the process is killed while the server starts', async (context) => {
    const { child, folder, nextLine, ended } = await startProgram(context);
    expect(await nextLine()).toBe('starting');
    child.kill('SIGKILL');
    await ended;

    expect(await readdir(folder)).toEqual([]);
  });

  test('a server that ends too early is reported with its log', async (context) => {
    const { folder, nextLine, ended } = await startProgram(context);
    await nextLine();
    const data = await query(await nextLine(), 'show data_directory');
    const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGQUIT');

    expect(await ended).toMatch(/^PostgreSQL ended unexpectedly:\n.*received immediate shutdown request/s);
    expect(await readdir(folder)).toEqual([]);
  });

  test('tries another port if a process takes the chosen port first', async (context) => {
    const { port } = await listenInTest(context, createServer());
    const ports = [port, await findFreePort()];
    const installation = await install();
    context.onTestFinished(() => remove(installation.folder));
    const { primary } = await startServers(installation, {}, async () => ports.shift() ?? expect.fail());
    context.onTestFinished(() => primary.stop());

    expect(await query(primary.url, 'select 1')).toBe(1);
  });

  test('the standby receives changes, allows no others, and can replace a primary that crashed', async ({
    expect,
    onTestFinished,
  }) => {
    const { url, standbyUrl = '', crash, stop } = await startPostgres({ standby: true });
    onTestFinished(stop);
    await query(url, 'create table numbers as select 7 as number');
    await expect.poll(() => query(standbyUrl, "select to_regclass('numbers') is not null")).toBe(true);
    await expect(query(standbyUrl, 'delete from numbers')).rejects.toMatchObject({ code: '25006' });
    await crash('primary');

    await expect(query(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await query(standbyUrl, 'select pg_promote()')).toBe(true);
    await query(standbyUrl, 'delete from numbers');
  });

  test('settings, extensions and a Unix socket are available on request', async ({ onTestFinished }) => {
    const { url, socketFolder, stop } = await startPostgres({
      settings: ['work_mem=5MB'],
      extensions: ['postgres_fdw'],
      socketFolder: true,
    });
    onTestFinished(stop);
    const { username, password, port } = new URL(url);
    const bySocket = `postgresql://${username}:${password}@/postgres?host=${socketFolder}&port=${port}`;

    expect(await query(bySocket, 'show work_mem')).toBe('5MB');
    await query(url, 'create extension postgres_fdw');
  });

  test('the server starts even if only the owner can enter the folder for temporary files', async (context) => {
    const folder = await createFolder(context);
    await chmod(folder, 0o700);
    const { child, nextLine, ended } = await startProgram(context, folder);
    await nextLine();
    const url = await nextLine();
    expect(await query(url, 'select 1')).toBe(1);
    child.kill('SIGKILL');
    await ended;
  });
});

test('the error for a platform without binaries names the platform', async (context) => {
  const folder = await createFolder(context);
  expect(() => copyBinaries(folder, undefined, 'sunos sparc')).toThrow(
    new PostgresUnavailableError('there are no PostgreSQL binaries for sunos sparc'),
  );
});

test('binaries that do not run are reported as unavailable, with the reason', async (context) => {
  const folder = await createFolder(context);
  await writeFile(join(folder, 'postgres'), '');
  const error = await checkPrograms({ folder, programs: folder, user: undefined }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(PostgresUnavailableError);
  expect(String(error)).toMatch(/the PostgreSQL binaries do not run on this machine \(spawn .* EACCES\)$/);
});

/** Starts the program with its own folder for temporary files. */
async function startProgram(context: TestContext, folder?: string) {
  const temporary = folder ?? (await createFolder(context));
  const child = spawn(process.execPath, [PROGRAM], {
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  context.onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    folder: temporary,
    nextLine: async () => String((await lines.next()).value),
    /** Resolves with the standard error of the program and its supervisor when both processes have ended. */
    ended: text(child.stderr),
  };
}

/** Creates a folder that the user of the server can enter. */
async function createFolder({ onTestFinished }: TestContext): Promise<string> {
  const folder = await mkdtemp(join(findTemporaryFolder(findUser()), 'firstofficer-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  return folder;
}

/** Runs a statement and returns the first value of its result. */
async function query(connectionString: string, statement: string) {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query({ text: statement, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}
