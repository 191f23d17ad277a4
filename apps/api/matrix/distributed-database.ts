import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { type PostgresServer, PostgresUnavailableError, startPostgres } from '@firstofficer/postgres';
import type { DatabaseLocation } from '../src/database/open.ts';
import type { Context, DatabaseKind } from '../test/databases.ts';
import { runSql } from '../test/postgres-server.ts';
import { runCommand } from '../test/run-command.ts';

const SCRIPT = new URL('../deploy/distribute-postgres-fdw.sql', import.meta.url);
const ROLE = 'api';
const PASSWORD = "it's secret";

/** A coordinator and two shards, which are three PostgreSQL servers. */
export interface Servers {
  readonly coordinator: PostgresServer;
  readonly shards: readonly PostgresServer[];
}

/** Starts a coordinator and two shards. Returns undefined if the PostgreSQL binaries do not run on this machine. */
export async function startServers(): Promise<Servers | undefined> {
  try {
    const [coordinator, ...shards] = await Promise.all([
      startPostgres({ extensions: ['postgres_fdw'] }),
      startPostgres(),
      startPostgres(),
    ]);
    for (const { url } of [coordinator, ...shards]) {
      await runSql(url, `create role ${ROLE} login password '${PASSWORD.replace("'", "''")}'`);
    }
    return { coordinator, shards };
  } catch (error) {
    if (!(error instanceof PostgresUnavailableError) || process.env.REQUIRE_POSTGRES) throw error;
    return undefined;
  }
}

/** The databases of a test. */
export interface DistributedLocation extends DatabaseLocation {
  /** The URL of the coordinator. */
  readonly url: string;
  /** The URLs of the shards. */
  readonly shards: readonly string[];
}

/** Creates an empty database on each server. The coordinator's has all tables and is not distributed yet. */
export async function createDatabases(context: Context, servers: Servers | undefined): Promise<DistributedLocation> {
  if (!servers) return context.skip('the PostgreSQL binaries do not run on this machine');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const directory = await createTemporaryFolder(context);
  const create = async ({ url: server }: PostgresServer) => {
    await runSql(server, `create database ${name} owner ${ROLE}`);
    const url = Object.assign(new URL(server), { username: ROLE, password: PASSWORD, pathname: `/${name}` }).href;
    const { code, stderr } = await runCommand({ url, directory }, ['migrate']);
    if (code !== 0) throw new Error(stderr);
    return url;
  };
  const [url = '', ...shards] = await Promise.all([servers.coordinator, ...servers.shards].map(create));
  const asSuperuser = Object.assign(new URL(servers.coordinator.url), { pathname: `/${name}` }).href;
  await runSql(
    asSuperuser,
    `create extension postgres_fdw; grant usage on foreign data wrapper postgres_fdw to ${ROLE}`,
  );
  return { url, shards, directory };
}

/** Moves the customers of the coordinator to the shards, as docs/distribute.md describes. */
export async function distribute({ url, shards }: DistributedLocation): Promise<void> {
  for (const shard of shards) await runSql(shard, 'alter table customers drop constraint customers_account_id_fkey');
  const values = Object.fromEntries(
    shards.flatMap((shard, index) => {
      const { hostname: host, port, pathname, username: user, password } = new URL(shard);
      const parts = { host, port, dbname: pathname.slice(1), user, password: decodeURIComponent(password) };
      return Object.entries(parts).map(([name, value]) => [`shard${index + 1}_${name}`, value]);
    }),
  );
  // As psql replaces its variables.
  const quote = (name: string) => `'${String(values[name]).replaceAll("'", "''")}'`;
  const script = await readFile(SCRIPT, 'utf8');
  await runSql(
    url,
    script.replaceAll(/:'(\w+)'/g, (_, name: string) => quote(name)),
  );
}

/** The kind of database whose customers are distributed over two shards. */
export function createDistributedKind(getServers: () => Servers | undefined): DatabaseKind {
  return {
    name: 'distributed PostgreSQL',
    async create(context) {
      const location = await createDatabases(context, getServers());
      await distribute(location);
      return location;
    },
  };
}
