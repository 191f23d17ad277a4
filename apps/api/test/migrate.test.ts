import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { migrate } from '../src/database/migrate.ts';
import { databases } from './databases.ts';
import { runCommand } from './run-command.ts';
import { openInTest, startTestApi } from './running-api.ts';

// The longer tests use more.
const PROCESSES = 3;

describe.each(databases)('on $name', (kind) => {
  test('several processes can create the tables at once: one creates them, the others wait', async (context) => {
    const location = await kind.create(context);
    const results = await Promise.all(Array.from({ length: PROCESSES }, () => runCommand(location, ['migrate'])));

    expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      Array(PROCESSES).fill({ code: 0, stderr: '' }),
    );
    expect(results.map(({ stdout }) => stdout.split(':')[0]).toSorted()).toEqual([
      'Done',
      ...Array(PROCESSES - 1).fill('Nothing to do.\n'),
    ]);
  });

  test('several servers of one process can start at once in an empty database', async (context) => {
    const location = await kind.create(context);
    const servers = await Promise.all(Array.from({ length: 4 }, () => startTestApi(context, { database: location })));
    const statuses = await Promise.all(servers.map(async ({ url }) => (await fetch(`${url}/readyz`)).status));
    expect(statuses).toEqual([200, 200, 200, 200]);
  });

  test('a migration that fails changes nothing, and can be repeated', async (context) => {
    const location = await kind.create(context);
    const database = openInTest(context, location);
    // The second migration fails, because the table exists.
    await sql`create table audit_log (id integer)`.execute(database.query);
    await expect(migrate(database)).rejects.toThrow();
    const tables = async () => (await database.query.introspection.getTables()).map(({ name }) => name);
    expect(await tables()).toEqual(['audit_log']);

    await sql`drop table audit_log`.execute(database.query);
    expect(await migrate(database)).not.toEqual([]);
    expect(await tables()).toContain('customers');
  });
});
