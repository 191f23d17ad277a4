import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestContext } from 'vitest';
import type { Location } from '../src/database/open.ts';

/** The part of a test's context that cleans up after it. */
export type Context = Pick<TestContext, 'onTestFinished'>;

/** A kind of database that tests run on. */
export interface DatabaseKind {
  readonly name: string;
  /** A database of the test's own, empty, gone when the test has ended. */
  create(context: Context): Promise<Location>;
}

const SERVER = process.env.DATABASE_URL;
// Where CI is set nothing is left out for want of a server.
if (!SERVER && process.env.CI) throw new Error('DATABASE_URL must name a PostgreSQL server: .ci/run starts one.');
if (!SERVER) console.warn('DATABASE_URL names no PostgreSQL server: tested on SQLite alone.');

const sqlite: DatabaseKind = {
  name: 'SQLite',
  create: async (context) => ({ directory: await temporaryDirectory(context) }),
};

const postgres: DatabaseKind = {
  name: 'PostgreSQL',
  async create(context) {
    const name = `firstofficer_test_${randomUUID().replaceAll('-', '')}`;
    await administer(`create database ${name}`);
    context.onTestFinished(() => administer(`drop database ${name} with (force)`));
    const url = new URL(SERVER ?? '');
    url.pathname = `/${name}`;
    return { url: url.href, directory: await temporaryDirectory(context) };
  },
};

/** Those that are there: SQLite always, PostgreSQL where `DATABASE_URL` names a server. */
export const databases: readonly DatabaseKind[] = SERVER ? [sqlite, postgres] : [sqlite];

export async function temporaryDirectory({ onTestFinished }: Context): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'firstofficer-api-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: SERVER });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
