import { sql } from 'kysely';
import { describe, expect, inject, test } from 'vitest';
import { revokeKey } from '../src/accounts.ts';
import { parseKeyId } from '../src/api-keys/format.ts';
import { openForRequests, withDatabase } from '../src/database/open.ts';
import { seed } from '../src/seed.ts';
import { type Context, createPostgresKind } from './databases.ts';
import { type PgBouncerOptions, startPgBouncer } from './pgbouncer.ts';
import { openInTest, retrieve, startTestApi } from './running-api.ts';

const postgres = createPostgresKind(inject('postgres'));
const CUSTOMER = 'cus_1234ABCD';

// The server then finds out by a prepared statement that it shares connections.
const IGNORING = { settings: ['ignore_startup_parameters = statement_timeout'] };

/** Creates a database and returns its location through PgBouncer. */
async function setUp(context: Context, options: PgBouncerOptions & { readonly parameters?: string } = {}) {
  const direct = await postgres.create(context);
  const url = new URL(await startPgBouncer(context, direct.url ?? '', options));
  url.search = options.parameters ?? '';
  return { direct, location: { ...direct, url: url.href } };
}

describe('through PgBouncer in transaction mode', () => {
  test.for<[string, PgBouncerOptions & { readonly parameters?: string }]>([
    ['the server finds out that it is PgBouncer', {}],
    ['the URL says that it is PgBouncer', { parameters: 'pgbouncer=true' }],
    ['PgBouncer ignores the startup parameters', IGNORING],
  ])('%s: requests are answered and keys are revoked', async ([, options], context) => {
    const { location } = await setUp(context, options);
    const { key } = await seed(location, {});
    const servers = [
      await startTestApi(context, { database: location }),
      await startTestApi(context, { database: location }),
    ];
    const retrieveAll = async () => {
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) => retrieve(servers[index % 2]?.url ?? '', key, CUSTOMER)),
      );
      return new Set(answers.map(({ status }) => status));
    };
    expect(await retrieveAll()).toEqual(new Set([200]));
    expect(await retrieveAll()).toEqual(new Set([200]));
    await withDatabase(location, (database) => revokeKey(database, parseKeyId(key) ?? ''));
    expect(await retrieveAll()).toEqual(new Set([401]));
  });

  test('a parameter of the URL that PgBouncer refuses is reported', async (context) => {
    const { location } = await setUp(context, { parameters: 'options=-c%20geqo%3Doff' });
    await expect(startTestApi(context, { database: location })).rejects.toMatchObject({
      fault: 'setting',
      message: expect.stringMatching(/^PgBouncer refuses a parameter of DATABASE_URL, such as `options`\./),
    });
  });

  test('a statement that hangs gets a 503, and the server answers when it has ended', async (context) => {
    const { direct, location } = await setUp(context);
    const { key } = await seed(location, {});
    const api = await startTestApi(context, { database: location, limits: { handlerMs: 300 } });
    const database = openInTest(context, direct);
    await database.query.transaction().execute(async (transaction) => {
      await sql`lock table customers in access exclusive mode`.execute(transaction);
      expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(503);
    });
    expect((await retrieve(api.url, key, CUSTOMER)).status).toBe(200);
  });

  test('two processes with different statements get their own results on shared connections', async (context) => {
    const { location } = await setUp(context, IGNORING);
    const databases = [openForRequests(location), openForRequests(location)];
    context.onTestFinished(async () => void (await Promise.all(databases.map((database) => database.close()))));
    // Two transactions at once open both connections to PostgreSQL.
    const [first, second] = databases.map(({ query }) => query.transaction());
    await first?.execute(async (one) => {
      await sql`select 1`.execute(one);
      await second?.execute((two) => sql`select 1`.execute(two));
    });
    const runs = databases.map((database, index) =>
      database.prepare(database.query.selectNoFrom(sql<number>`${sql.lit(index)}`.as('number'))),
    );
    for (let round = 0; round < 5; round += 1) {
      expect(await Promise.all(runs.map((run) => run({})))).toEqual([[{ number: 0 }], [{ number: 1 }]]);
    }
  });
});
