import { hostname, userInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { createAccount, createKey, revokeKey } from '../src/accounts.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import { listChanges, recordChange } from '../src/audit.ts';
import { escapeText, formatJson } from '../src/commands/format.ts';
import { parseTime } from '../src/commands/options.ts';
import { withDatabase } from '../src/database/open.ts';
import { runInTransaction } from '../src/database/transaction.ts';
import { databases } from './databases.ts';
import { runCommand } from './run-command.ts';

describe.each(databases)('the audit log, on $name', (kind) => {
  test('lists who changed what, without names and keys', async (context) => {
    const location = await kind.create(context);
    const { key, id } = await withDatabase(location, async (database) => {
      const accountId = await createAccount(database, 'Acme');
      const secret = await loadSecret(database, location.directory, {});
      const created = await createKey(database, secret, { accountId, label: 'for Jane' });
      await revokeKey(database, created.id);
      // Changes nothing.
      await revokeKey(database, created.id);
      return created;
    });
    const { stdout, code } = await runCommand(location, ['audit', 'list', '--json']);
    const lines = stdout.trim().split('\n');
    const actor = `${userInfo().username}@${hostname()}`;

    expect(code).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ command: 'migrate', details: { migrations: expect.stringContaining('0001-') } }),
      { id: 2, at: expect.any(Number), actor, command: 'account create', account_id: 1, subject: null, details: {} },
      expect.objectContaining({ command: 'key create', account_id: 1, subject: id }),
      expect.objectContaining({ command: 'key revoke', account_id: 1, subject: id }),
    ]);
    for (const hidden of ['Acme', 'Jane', key]) expect(stdout).not.toContain(hidden);
  });

  test('can be limited to an account and a time', async (context) => {
    const location = await kind.create(context);
    await withDatabase(location, async (database) => {
      await createAccount(database, 'One');
      await createAccount(database, 'Two');
      expect((await listChanges(database, { accountId: 2 })).map(({ account_id }) => account_id)).toEqual([2]);
      expect(await listChanges(database, { since: Date.now() + 60_000 })).toEqual([]);
      expect(await listChanges(database, { since: Date.now() - 60_000 })).toHaveLength(3);
    });
  });

  test('has no line for a change that was rolled back', async (context) => {
    const location = await kind.create(context);
    await withDatabase(location, async (database) => {
      const failing = runInTransaction(database, async (db) => {
        await recordChange(db, { command: 'key create' });
        throw new Error('failed');
      });
      await expect(failing).rejects.toThrow('failed');
      await expect(
        createKey(database, await loadSecret(database, location.directory, {}), { accountId: 9, label: '' }),
      ).rejects.toThrow('does not exist');
      expect((await listChanges(database)).map(({ command }) => command)).toEqual(['migrate']);
    });
  });
});

test('outputs escape characters that could change what a terminal shows', () => {
  const text = 'a\u001b[2Jb\u009b\u202ec\u2028';
  expect(escapeText(text)).toBe('a\\u001b[2Jb\\u009b\\u202ec\\u2028');
  expect(formatJson({ text })).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
  expect(JSON.parse(formatJson({ text }))).toEqual({ text });
});

test.each([
  ['2027-01-31', '2027-01-31T00:00:00.000Z'],
  ['2027-01-31T12:00Z', '2027-01-31T12:00:00.000Z'],
  ['2027-01-31T12:00:30+02:00', '2027-01-31T10:00:30.000Z'],
])('%s is the time %s', (text, time) => {
  expect(new Date(parseTime(text)).toISOString()).toBe(time);
});

test.each(['', 'today', '2027-02-30', '2027-13-01', '2027-01-31T12:00', '31.01.2027', '1800000000000'])(
  '"%s" is not a time',
  (text) => {
    expect(() => parseTime(text)).toThrow('such as 2027-01-31');
  },
);
