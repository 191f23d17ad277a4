import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startPostgres } from '@firstofficer/postgres';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { ServerSettings } from './servers/settings.ts';

/** A database that our server supports. */
export type DatabaseName = 'sqlite' | 'postgres';

/** A database with customers of one account, and a key of the account. Disposing of it deletes it. */
export interface BenchData extends AsyncDisposable {
  readonly customers: number;
  /** The Authorization header of the key. */
  readonly authorization: string;
  /** The data directory of our server. */
  readonly directory: string;
  /** The environment variables of our server. */
  readonly env: Readonly<Record<string, string>>;
  /** The settings of the compared servers. */
  readonly settings: ServerSettings;
}

/** The file of our command. */
export const OUR_COMMAND = fileURLToPath(
  new URL('../bin/firstofficer-api.js', import.meta.resolve('@firstofficer/api')),
);

/**
 * Creates a database with an account and its customers.
 *
 * @throws PostgresUnavailableError if PostgreSQL is requested and this machine cannot run it.
 */
export async function createData(name: DatabaseName, customers: number): Promise<BenchData> {
  const data = await createAccountData(name, customers);
  const { database } = data.settings;
  if ('url' in database) await insertIntoPostgres(database.url, ACCOUNT_ID, customers);
  else insertIntoSqlite(database.file, ACCOUNT_ID, customers);
  return data;
}

// The ID of the first account.
const ACCOUNT_ID = 1;

/** A database with an account, and the function that runs our command on it and returns its output. */
export interface AccountData extends BenchData {
  run(...args: readonly string[]): Promise<string>;
}

/**
 * Creates a database with an account that has a key, but no customers yet.
 *
 * @param customers - The number of customers that the account will have.
 * @throws PostgresUnavailableError if PostgreSQL is requested and this machine cannot run it.
 */
export async function createAccountData(name: DatabaseName, customers: number): Promise<AccountData> {
  const postgres = name === 'postgres' ? await startPostgres() : undefined;
  const directory = mkdtempSync(join(tmpdir(), 'firstofficer-bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const secret = randomBytes(32).toString('hex');
  const env = { FIRSTOFFICER_API_SECRET: secret, ...(postgres && { DATABASE_URL: postgres.url }) };
  const run = async (...args: readonly string[]) => {
    const { DATABASE_URL: _, ...inherited } = process.env;
    const options = { env: { ...inherited, ...env } };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [OUR_COMMAND, ...args, '--data', directory],
      options,
    );
    return stdout.trim();
  };
  await run('account', 'create', 'Benchmark');
  const key = await run('key', 'create', '--account', String(ACCOUNT_ID));
  const file = join(directory, 'customers.db');
  return {
    customers,
    authorization: `Basic ${btoa(`${key}:`)}`,
    directory,
    env,
    settings: { database: postgres ? { url: postgres.url } : { file }, secret, body: formatCustomer(1) },
    run,
    async [Symbol.asyncDispose]() {
      await postgres?.stop();
      rmSync(directory, { recursive: true });
    },
  };
}

// So many that requests rarely repeat one.
const IDENTIFIERS = 10_000;

/** Returns the four identifiers of a customer. */
export function getIdentifiers(id: number): readonly string[] {
  return [`cus_${String(id).padStart(14, '0')}`, String(id), `workspace-${id}`, `${id}@customers.example`];
}

/** Returns the response body for a customer. */
export function formatCustomer(id: number): string {
  const [stripe_id, , extra_id] = getIdentifiers(id);
  const metrics = { total_contract_value: id * 100, current_mrr: id % 100_000, current_subscription_count: 1 };
  return JSON.stringify({ object: 'customer', id, stripe_id, extra_id, ...metrics, currency: 'usd' });
}

/** Returns identifiers of random customers, of each of the four kinds in turn. They are the same in every run. */
export function generateIdentifiers(customers: number): string[] {
  let state = 20_261_124;
  return Array.from({ length: IDENTIFIERS }, (_, index) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const id = 1 + Math.floor((state / 2 ** 32) * customers);
    return getIdentifiers(id)[index % 4] ?? '';
  });
}

const COLUMNS =
  'account_id, id, stripe_id, extra_id, email, total_contract_value, current_mrr, current_subscription_count, currency';

/** Inserts customers 1 to `count` into SQLite. The database generates the rows, which is faster than an import. */
function insertIntoSqlite(file: string, account: number, count: number): void {
  const sqlite = new Sqlite(file);
  sqlite.pragma('synchronous = OFF');
  sqlite
    .prepare(
      `insert into customers (${COLUMNS})
       with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ?)
       select ?, n, printf('cus_%014d', n), 'workspace-' || n, n || '@customers.example', n * 100, n % 100000, 1, 'usd'
       from numbers`,
    )
    .run(count, account);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/** Inserts the same customers into PostgreSQL. */
async function insertIntoPostgres(url: string, account: number, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `insert into customers (${COLUMNS})
     select $1, n, 'cus_' || lpad(n::text, 14, '0'), 'workspace-' || n, n || '@customers.example', n * 100, n % 100000, 1, 'usd'
     from generate_series(1, $2::bigint) n`,
    [account, count],
  );
  await client.query('vacuum analyze customers');
  await client.end();
}
