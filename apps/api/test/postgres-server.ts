import { randomBytes } from 'node:crypto';
import { PostgresUnavailableError, startPostgres } from '@firstofficer/postgres';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';

/** The PostgreSQL server that the tests create databases on. */
export interface RunningPostgres {
  readonly url: string;
  /** The prefix of the database names. */
  readonly prefix: string;
}

/** The server, or the reason why there is none. */
export type PostgresServer = RunningPostgres | { readonly unavailable: string };

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresServer;
  }
}

/** Starts PostgreSQL, unless `TEST_DATABASE_URL` is set. Vitest calls this once before all tests. */
export default async function setUp({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  removeDatabaseVariables(process.env);
  const { TEST_DATABASE_URL: url, REQUIRE_POSTGRES: isRequired } = process.env;
  const prefix = `firstofficer_test_${randomBytes(4).toString('hex')}`;
  if (url) {
    await checkServer(url);
    provide('postgres', { url, prefix });
    return () => dropDatabases({ url, prefix });
  }
  try {
    const { url, stop } = await startPostgres();
    provide('postgres', { url, prefix });
    return stop;
  } catch (error) {
    if (!(error instanceof PostgresUnavailableError)) throw error;
    const unavailable = `${error.message}. Set TEST_DATABASE_URL to test on another server`;
    if (isRequired) throw new Error(`REQUIRE_POSTGRES is set, but ${unavailable}.`);
    console.warn(`The tests on PostgreSQL are skipped: ${unavailable}.`);
    provide('postgres', { unavailable });
    return undefined;
  }
}

/** Removes the environment variables of databases, so that tests and their commands cannot use a real database. */
function removeDatabaseVariables(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    // PostgreSQL's own clients, such as pg, read PGHOST, PGOPTIONS and the like.
    if (/^DATABASE_(READ_)?URLS?$/.test(name) || /^PG[A-Z]+$/.test(name)) delete env[name];
  }
}

async function checkServer(url: string): Promise<void> {
  try {
    const rights = 'select 1 from pg_roles where rolname = current_user and (rolsuper or rolcreatedb)';
    if ((await runSql(url, rights)).length === 0) throw new Error('its user may not create databases');
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    throw new Error(
      `Cannot test on the server of TEST_DATABASE_URL: ${message || code}. ` +
        'Set it to a URL such as postgresql://user:password@127.0.0.1:5432/postgres, or unset it: then the tests start their own server.',
    );
  }
}

async function dropDatabases({ url, prefix }: RunningPostgres): Promise<void> {
  for (const { name } of await runSql(url, `select datname as name from pg_database where datname ^@ '${prefix}'`)) {
    await runSql(url, `drop database ${name} with (force)`);
  }
}

/** Runs SQL on a new connection and returns the rows. */
export async function runSql(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
