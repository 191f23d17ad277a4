import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listenInTest } from '@firstofficer/common/testing';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { openForCommand } from '../src/database/open.ts';
import { databases, sqlite } from '../test/databases.ts';
import { runCommand, startServeCommand, waitForExit } from '../test/run-command.ts';
import { createCustomer, retrieve, startSeededApi } from '../test/running-api.ts';

describe.each(databases)('on $name', (kind) => {
  test('the commands create a database, an account and a key, import and serve a customer; SIGTERM stops the server', async (context) => {
    const location = await kind.create(context);
    const run = (...args: readonly string[]) => runCommand(location, args);
    expect((await run('migrate')).stdout).toMatch(/^Done: 0001/);
    expect((await run('migrate')).stdout).toBe('Nothing to do.\n');
    const account = (await run('account', 'create', 'Acme')).stdout.trim();
    expect((await run('account', 'list')).stdout).toMatch(new RegExp(`^${account} .*Acme$`, 'm'));
    const key = (await run('key', 'create', '--account', account, '--label', 'ci')).stdout.trim();
    const list = (await run('key', 'list')).stdout;
    expect(list).toContain('ci');
    expect(list).not.toContain(key);
    const line =
      '{"id":1,"stripe_id":"cus_1","total_contract_value":1,"current_mrr":0,"current_subscription_count":0,"currency":"usd"}';
    expect((await runCommand(location, ['import', '-', '--account', account], { input: line })).code).toBe(0);

    const { server, url, lines } = await startServeCommand(context, location, ['--metrics-port', '0']);
    const metrics = /Metrics are on (\S+)/.exec((await lines.next()).value ?? '')?.[1] ?? '';
    expect(await (await retrieve(url, key, 'cus_1')).json()).toMatchObject({ id: 1, extra_id: null });
    const text = await (await fetch(metrics)).text();
    expect(text).toContain(
      'http_request_duration_seconds_count{method="GET",route="/v2/customers/:customer",status="200"} 1',
    );
    expect((await fetch(`${url}/metrics`)).status).toBe(401);

    const id = /^(\S+) .*ci$/m.exec(list)?.[1] ?? '';
    expect(await run('key', 'revoke', id)).toMatchObject({ code: 0, stdout: 'Revoked.\n' });
    expect((await retrieve(url, key, 'cus_1')).status).toBe(401);
    server.kill('SIGTERM');
    expect(await waitForExit(server)).toBe(0);
  });

  test('a command rejects a database of a newer version', async (context) => {
    const location = await kind.create(context);
    const database = openForCommand(location);
    await migrate(database);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(database.query);
    await database.close();
    const { code, stderr } = await runCommand(location, ['serve']);
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringContaining('newer version, which ran 9999-later'),
    });
  });
});

test('a server starts while an import is writing', async (context) => {
  const location = await sqlite.create(context);
  const key = (await runCommand(location, ['seed'])).stdout.trim();
  const importing = new Sqlite(join(location.directory, 'customers.db'));
  context.onTestFinished(() => void importing.close());
  importing.exec('begin immediate');
  const { url } = await startServeCommand(context, location);
  expect((await retrieve(url, key, 'cus_1234ABCD')).status).toBe(200);
});

test('--insecure-http serves plain HTTP to other machines', async (context) => {
  const { url } = await startServeCommand(context, await sqlite.create(context), [
    '--host',
    '0.0.0.0',
    '--insecure-http',
  ]);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

describe('a command reports', () => {
  test('a port that is in use', async (context) => {
    const { port } = await listenInTest(context, createServer());
    const { code, stderr } = await runCommand(await sqlite.create(context), ['serve', '--port', String(port)]);
    const message = `port ${port} on 127.0.0.1 is already in use.`;
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining(message) });
  });

  test('a database that it cannot reach, without the password', async (context) => {
    const location = { ...(await sqlite.create(context)), url: 'postgresql://user:hunter2@127.0.0.1:1/db' };
    const { code, stderr } = await runCommand(location, ['serve']);
    expect(code).toBe(3);
    expect(stderr).toContain('ECONNREFUSED');
    expect(stderr).toContain('Check DATABASE_URL');
    expect(stderr).not.toContain('hunter2');
  });

  test('a port for metrics that is in use', async (context) => {
    const { port } = await listenInTest(context, createServer());
    const location = await sqlite.create(context);
    const { code, stderr } = await runCommand(location, ['serve', '--port', '0', '--metrics-port', String(port)]);
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining('another port with --metrics-port') });
  });

  test('a host of the database that does not exist', async (context) => {
    const location = { ...(await sqlite.create(context)), url: 'postgresql://user@no-such-host.invalid/db' };
    const { code, stderr } = await runCommand(location, ['serve']);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('Check DATABASE_URL') });
  });

  test('a data directory that is a file', async (context) => {
    const directory = join((await sqlite.create(context)).directory, 'file');
    await writeFile(directory, '');
    const { code, stderr } = await runCommand({ directory }, ['seed']);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('cannot be used') });
  });

  test('a file or an account that does not exist', async (context) => {
    const location = await sqlite.create(context);
    const file = await runCommand(location, ['import', 'no-such-file', '--account', '9']);
    expect({ code: file.code, stderr: file.stderr }).toEqual({ code: 1, stderr: expect.stringContaining('(ENOENT)') });
    const key = await runCommand(location, ['key', 'create', '--account', '9']);
    expect({ code: key.code, stderr: key.stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('Account 9 does not exist'),
    });
  });

  test.for<[string, string, string[], string]>([
    [
      'a data directory that another process has locked',
      'pragma locking_mode = exclusive; begin exclusive; commit',
      ['serve', '--port', '0'],
      'is locked: another process',
    ],
    [
      'a database that an import has locked for too long',
      'begin immediate',
      ['account', 'create', 'Acme'],
      'locked by another process',
    ],
  ])('%s', async ([, lock, command, reason], context) => {
    const location = await sqlite.create(context);
    expect((await runCommand(location, ['migrate'])).code).toBe(0);
    const other = new Sqlite(join(location.directory, 'customers.db'));
    context.onTestFinished(() => void other.close());
    other.exec(lock);
    const { code, stderr } = await runCommand(location, command);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(reason) });
  });

  test('wrong usage, without the value of the option', async (context) => {
    const { code, stderr } = await runCommand(await sqlite.create(context), ['serve', '--tokn=fo_secret']);
    expect(code).toBe(2);
    expect(stderr).not.toContain('fo_secret');
  });
});

describe.each(databases)('an import into $name', (kind) => {
  async function setUp(context: Parameters<typeof startSeededApi>[0]) {
    const api = await startSeededApi(context, kind);
    const { directory } = await sqlite.create(context);
    const importFile = async (name: string, text: string | Buffer, ...flags: string[]) => {
      const file = join(directory, name);
      await writeFile(file, text);
      return runCommand(api.location, ['import', file, '--account', String(api.accountId), ...flags]);
    };
    return { api, importFile };
  }
  const ndjson = (...customers: readonly unknown[]) => customers.map((one) => `${JSON.stringify(one)}\n`).join('');

  test('adds new customers, updates known ones, and can be repeated', async (context) => {
    const { api, importFile } = await setUp(context);
    const first = await importFile('first.ndjson', ndjson(createCustomer(1), createCustomer(2)));
    expect(first).toMatchObject({ code: 0, stdout: 'Imported 2, rejected 0.\n' });
    const text = ndjson(createCustomer(2, { current_mrr: 5 }), createCustomer(3, { extra_id: 'x' }));
    expect((await importFile('second.ndjson', text)).code).toBe(0);
    expect((await importFile('second.ndjson', text)).stdout).toBe('Imported 2, rejected 0.\n');

    expect(await (await retrieve(api.url, api.key, 'cus_2')).json()).toMatchObject({ id: 2, current_mrr: 5 });
    expect(await (await retrieve(api.url, api.key, 'x')).json()).toMatchObject({ id: 3 });
    expect(await (await retrieve(api.url, api.key, '1@customers.example')).json()).toMatchObject({ id: 1 });
  });

  test('reads CSV, and an empty field as null', async (context) => {
    const { api, importFile } = await setUp(context);
    const csv =
      'id,stripe_id,extra_id,email,total_contract_value,current_mrr,current_subscription_count,currency\r\n' +
      '7,cus_7,"a ""quoted"", one",,100,0,0,jpy\r\n';
    expect(await importFile('a.csv', csv)).toMatchObject({ code: 0, stdout: 'Imported 1, rejected 0.\n' });
    expect(await (await retrieve(api.url, api.key, 'a "quoted", one')).json()).toMatchObject({
      id: 7,
      currency: 'jpy',
    });
  });

  test('rejects a line that cannot be parsed', async (context) => {
    const { importFile } = await setUp(context);
    const { code, stderr, stdout } = await importFile('a.ndjson', `${JSON.stringify(createCustomer(1))}\n{"id":1`);

    expect({ code, stderr }).toEqual({ code: 1, stderr: 'line 2: is not valid JSON\n' });
    expect(stdout).toContain('Imported 0, rejected 1. Correct the line');
  });

  test('exits with 1 if nothing was imported because of invalid lines', async (context) => {
    const { importFile } = await setUp(context);
    const line = JSON.stringify(createCustomer(1));
    const skip = ['--on-error', 'skip'];
    expect(await importFile('a.ndjson', `${line}\n[]\n`, ...skip)).toMatchObject({
      code: 0,
      stdout: 'Imported 1, rejected 1.\n',
    });
    expect(await importFile('b.ndjson', '[]\n{}\n', ...skip)).toMatchObject({
      code: 1,
      stdout: 'Imported 0, rejected 2. Correct the lines.\n',
    });
    expect(await importFile('c.csv', `${Object.keys(createCustomer(1))}\n"`, ...skip)).toMatchObject({
      code: 1,
      stderr: 'line 2: has a quote that is not closed, so the next rows cannot be read\n',
      stdout: 'Imported 0, rejected 1. Correct the file.\n',
    });
    // --on-error skip would not help, and the message does not advise it.
    expect(await importFile('e.csv', Buffer.from('id,email\n', 'utf16le'))).toMatchObject({
      code: 1,
      stdout: 'Imported 0, rejected 1. Correct the file.\n',
    });
    expect(await importFile('d.csv', 'jane@example.com,cus_1', ...skip)).toMatchObject({
      code: 1,
      stderr: 'line 1: must contain column names separated by commas, such as id,stripe_id,extra_id\n',
    });
  });

  test('deletes customers that the file does not contain with --prune', async (context) => {
    const { importFile } = await setUp(context);
    const file = ndjson(createCustomer(1), createCustomer(2));
    const pruned = await importFile('a.ndjson', file, '--prune');
    expect(pruned).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Imported 2, rejected 0, removed \d+\.\n$/),
    });
    expect(await importFile('b.ndjson', ndjson(createCustomer(1)), '--prune')).toMatchObject({
      code: 0,
      stdout: 'Imported 1, rejected 0, removed 1.\n',
    });
    expect(await importFile('c.ndjson', '\n', '--prune')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('pass --allow-empty'),
    });
    expect((await importFile('d.ndjson', file, '--prune', '--on-error', 'skip')).code).toBe(2);
    expect((await importFile('e.ndjson', file, '--allow-empty')).code).toBe(2);
    expect(await importFile('f.ndjson', '', '--prune', '--allow-empty')).toMatchObject({
      code: 0,
      stdout: 'Imported 0, rejected 0, removed 1.\n',
    });
  });
});
