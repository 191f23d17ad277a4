import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { type Context, createPostgresKind } from './databases.ts';
import { runSql } from './postgres-server.ts';

test('without a PostgreSQL server, tests that need one are skipped with the reason', async ({ onTestFinished }) => {
  const skip = (reason?: string): never => {
    throw new Error(`skipped: ${reason}`);
  };
  const context = { onTestFinished, skip: skip as Context['skip'] };
  await expect(createPostgresKind({ unavailable: 'no binaries' }).create(context)).rejects.toThrow(
    'skipped: no binaries',
  );
});

test('a test gets an empty PostgreSQL database, even if an earlier test left a table in it', async (context) => {
  const postgres = createPostgresKind(inject('postgres'));
  const cleanUps: Parameters<Context['onTestFinished']>[0][] = [];
  const earlier: Context = { skip: context.skip, onTestFinished: (cleanUp) => void cleanUps.push(cleanUp) };
  const { url = '' } = await postgres.create(earlier);
  const connection = new Client({ connectionString: url });
  connection.on('error', () => {});
  await connection.connect();
  await connection.query('create table left_over (id bigint)');
  await connection.query('begin; lock table left_over');
  for (const cleanUp of cleanUps) await cleanUp(context);

  expect((await postgres.create(context)).url).toBe(url);
  await expect(connection.query('select 1')).rejects.toThrow();
  const rows = await runSql(url, "select tablename from pg_tables where schemaname = 'public'");
  expect(rows).toEqual([]);
});
