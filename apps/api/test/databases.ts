import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { inject, type TestContext } from 'vitest';
import type { Location } from '../src/database/open.ts';
import type { PostgresServer } from './postgres-server.ts';

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
export function postgresOn(server: PostgresServer): DatabaseKind {
  // One pool for all tests of a worker: to connect takes longer than to create a database.
  const pool = 'url' in server ? new Pool({ connectionString: server.url, allowExitOnIdle: true }) : undefined;
  // The server may stop before the pool is closed.
  pool?.on('error', () => {});
  return {
    name: 'PostgreSQL',
    async create(context) {
      if ('unavailable' in server) return context.skip(server.unavailable);
      const name = `firstofficer_test_${randomUUID().replaceAll('-', '')}`;
      await pool?.query(`create database ${name}`);
      context.onTestFinished(async () => void (await pool?.query(`drop database ${name} with (force)`)));
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return { url: url.href, directory: await temporaryDirectory(context) };
    },
  };
}

/** Every test of the API runs on each. */
export const databases: readonly DatabaseKind[] = [sqlite, postgresOn(inject('postgres'))];

export async function temporaryDirectory({ onTestFinished }: Pick<Context, 'onTestFinished'>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'firstofficer-api-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
