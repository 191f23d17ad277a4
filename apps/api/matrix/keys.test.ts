import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { runCommand } from '../test/run-command.ts';
import { createAccountWith } from '../test/running-api.ts';

describe.each(databases)('the commands for keys, on $name', (kind) => {
  test('create and update keys with an expiry and a limit, and print lists as tables and as JSON', async (context) => {
    const location = await kind.create(context);
    const { accountId, keyId } = await createAccountWith(location, []);
    const run = (...args: string[]) => runCommand(location, args);
    const create = ['key', 'create', '--account', String(accountId), '--label', 'l\u001b[2J'];
    expect((await run(...create, '--expires', '9000-01-31', '--limit', '600')).stdout).toMatch(/^fo_\w{40}\n$/);
    const table = (await run('key', 'list')).stdout;
    expect(table).toMatch(/^ID .* EXPIRES +LIMIT +LABEL$/m);
    expect(table).toMatch(/ 9000-01-31T00:00:00\.000Z +600 +l\\u001b\[2J$/m);

    expect(await run('key', 'update', keyId)).toMatchObject({ code: 2, stderr: expect.stringContaining('--expires') });
    expect(await run('key', 'update', keyId, '--expires', '2020-01-31')).toMatchObject({ code: 2 });
    expect(await run('key', 'update', keyId, '--expires', '90d', '--limit', '5')).toMatchObject({ code: 0 });
    expect(await run('key', 'update', keyId, '--expires', 'never')).toMatchObject({ code: 0, stdout: 'Updated.\n' });
    const lines = (await run('key', 'list', '--json')).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ id: keyId, expires_at: null, limit_per_minute: 5 }),
    );
    expect(await run('key', 'update', keyId, '--limit', 'none')).toMatchObject({ code: 0 });
    expect(await run('key', 'update', 'unknown', '--limit', 'none')).toMatchObject({ code: 1 });
    const accounts = (await run('account', 'list', '--json')).stdout;
    expect(JSON.parse(accounts)).toMatchObject({ id: accountId, name: 'Test' });
  });
});
