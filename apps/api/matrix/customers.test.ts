import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { databases, sqlite } from '../test/databases.ts';
import { runCommand, startServeCommand } from '../test/run-command.ts';
import { createAccountWith, createCustomer, retrieve } from '../test/running-api.ts';

const jane = createCustomer(1, {
  stripe_id: 'cus_jane',
  extra_id: 'a "quoted", one\r\nwith lines\u001b[2J',
  email: 'jane@people.example',
});

describe.each(databases)('the commands for customers, on $name', (kind) => {
  test('list and show customers without characters that control the terminal', async (context) => {
    const location = await kind.create(context);
    const { accountId } = await createAccountWith(location, [jane, createCustomer(2), createCustomer(3)]);
    const run = (...args: string[]) => runCommand(location, ['customer', ...args, '--account', String(accountId)]);

    const list = await run('list', '--after', '1', '--limit', '1');
    expect(list.stdout).toMatch(/^ID +STRIPE ID.*\n2 +cus_2 .*2@customers\.example.*\n$/);
    const lines = (await run('list', '--json')).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([jane, createCustomer(2), createCustomer(3)]);
    const table = (await run('show', 'jane@people.example')).stdout;
    expect(table).toMatch(/^email +jane@people\.example$/m);
    const json = (await run('show', 'cus_jane', '--json')).stdout;
    expect(JSON.parse(json)).toEqual(jane);
    for (const output of [table, json]) expect(output).not.toMatch(/[^\P{Cc}\n]/u);
    const missing = await run('show', 'jane@nowhere.example');
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('No customer of account') });
    expect(missing.stderr).not.toContain('jane');
    expect((await runCommand(location, ['customer', 'list', '--account', '99'])).stderr).toContain('does not exist');
  });

  test.for(['ndjson', 'csv'])('export what import reads, as %s', async (format, context) => {
    const location = await kind.create(context);
    const customers = [jane, ...Array.from({ length: 1_200 }, (_, at) => createCustomer(at + 2))];
    const { accountId } = await createAccountWith(location, customers);
    const other = await createAccountWith(location, []);
    const file = join((await sqlite.create(context)).directory, `customers.${format}`);
    await writeFile(file, 'old');
    await chmod(file, 0o644);
    const run = (account: number, ...args: string[]) => runCommand(location, [...args, '--account', String(account)]);

    expect(await run(accountId, 'customer', 'export', '--format', format, '--output', file)).toMatchObject({ code: 0 });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await run(other.accountId, 'import', file)).toMatchObject({ code: 0 });
    const copied = await run(other.accountId, 'customer', 'export', '--format', format);
    expect(copied.stdout).toBe(await readFile(file, 'utf8'));
    expect(await run(99, 'customer', 'export', '--output', file)).toMatchObject({ code: 1 });
    expect(await readFile(file, 'utf8')).toBe(copied.stdout);
    const audit = (await run(accountId, 'audit', 'list', '--json')).stdout;
    expect(audit).toContain('"command":"customer export"');
    const unwritable = await run(accountId, 'customer', 'export', '--output', '/dev/full');
    expect(unwritable).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be written (ENOSPC)') });
  });

  test('delete a customer while a server runs', async (context) => {
    const location = await kind.create(context);
    const { accountId, key } = await createAccountWith(location, [jane, createCustomer(2)]);
    const { url } = await startServeCommand(context, location);
    const run = (...args: string[]) =>
      runCommand(location, ['customer', 'delete', 'jane@people.example', '--account', String(accountId), ...args]);

    expect((await retrieve(url, key, 'jane@people.example')).status).toBe(200);
    const asked = await run();
    expect(asked).toMatchObject({ code: 2, stdout: '1\n', stderr: expect.stringContaining('Pass --yes') });
    const deleted = await run('--yes', '--json');
    expect(deleted.code).toBe(0);
    expect(JSON.parse(deleted.stdout)).toMatchObject({ customers: 1, remains: { customers: [], tables: {} } });
    expect(deleted.stdout + deleted.stderr + asked.stderr).not.toContain('jane');
    if (kind.name === 'SQLite') {
      expect(JSON.parse(deleted.stdout).file).toBe('clean');
      for (const suffix of ['', '-wal', '-shm']) {
        const bytes = await readFile(join(location.directory, `customers.db${suffix}`));
        expect(bytes.includes('jane@people.example'), suffix).toBe(false);
      }
    }
    expect((await retrieve(url, key, 'jane@people.example')).status).toBe(404);
    expect((await retrieve(url, key, 'cus_2')).status).toBe(200);
    expect(await run('--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('No customer of account') });
  });
});
