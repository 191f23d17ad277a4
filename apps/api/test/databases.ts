import { randomUUID } from 'node:crypto';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { inject, type TestContext } from 'vitest';
import type { DatabaseLocation } from '../src/database/open.ts';
import type { PostgresServer, RunningPostgres } from './postgres-server.ts';
import { runSql } from './postgres-server.ts';

/** The part of a test context that registers cleanups and skips the test. */
export type Context = Pick<TestContext, 'onTestFinished' | 'skip'>;

/** A kind of database that tests run on. */
export interface DatabaseKind {
  readonly name: string;
  /** Creates an empty database that is removed after the test. Skips the test if the database is unavailable. */
  create(context: Context): Promise<DatabaseLocation>;
}

export const sqlite: DatabaseKind = {
  name: 'SQLite',
  create: async (context) => ({ directory: await createTemporaryFolder(context) }),
};

/** Returns the kind of database that a PostgreSQL server provides. Without a server, it skips the test. */
export function createPostgresKind(server: PostgresServer): DatabaseKind {
  // Emptied databases of earlier tests, because PostgreSQL empties a database faster than it creates one.
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
      return { url, directory: await createTemporaryFolder(context) };
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

/** Closes all connections to a database and drops its tables. */
async function emptyDatabase(url: string): Promise<void> {
  await runSql(
    url,
    `select pg_terminate_backend(pid, 10000) from pg_stat_activity
       where datname = current_database() and usename = current_user and pid <> pg_backend_pid();
     drop schema public cascade;
     create schema public`,
  );
}

/** All databases that the API supports. */
export const databases: readonly DatabaseKind[] = [sqlite, createPostgresKind(inject('postgres'))];
