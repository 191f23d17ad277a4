import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, type TestContext } from 'vitest';
import type { Location } from '../src/database/open.ts';
import type { PostgresServer, RunningPostgres } from './postgres-server.ts';
import { runSql } from './run-sql.ts';

/** The part of a test's context that cleans up after it, and skips it. */
export type Context = Pick<TestContext, 'onTestFinished' | 'skip'>;

/** A kind of database that tests run on. */
export interface DatabaseKind {
  readonly name: string;
  /** A database of the test's own, empty, gone when the test has ended. Skips the test if this machine has none. */
  create(context: Context): Promise<Location>;
}

const sqlite: DatabaseKind = {
  name: 'SQLite',
  create: async (context) => ({ directory: await temporaryDirectory(context) }),
};

/** PostgreSQL on a server. Without one, the tests that need it are skipped. */
export function createPostgresKind(server: PostgresServer): DatabaseKind {
  // Databases that earlier tests have used, empty again: PostgreSQL empties a database faster than it creates one.
  const unused: string[] = [];
  return {
    name: 'PostgreSQL',
    async create(context) {
      if ('unavailable' in server) return context.skip(server.unavailable);
      const url = unused.pop() ?? (await createDatabase(server));
      context.onTestFinished(async () => {
        await emptyDatabase(url);
        unused.push(url);
      });
      return { url, directory: await temporaryDirectory(context) };
    },
  };
}

async function createDatabase({ url, prefix }: RunningPostgres): Promise<string> {
  const name = `${prefix}_${randomUUID().replaceAll('-', '')}`;
  await runSql(url, `create database ${name}`);
  const created = new URL(url);
  created.pathname = `/${name}`;
  return created.href;
}

/** Ends all connections to a database and drops its tables. */
async function emptyDatabase(url: string): Promise<void> {
  await runSql(
    url,
    `select pg_terminate_backend(pid, 10000) from pg_stat_activity
       where datname = current_database() and usename = current_user and pid <> pg_backend_pid();
     drop schema public cascade;
     create schema public`,
  );
}

/** Every test of the API runs on each. */
export const databases: readonly DatabaseKind[] = [sqlite, createPostgresKind(inject('postgres'))];

export async function temporaryDirectory({ onTestFinished }: Pick<Context, 'onTestFinished'>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'firstofficer-api-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
