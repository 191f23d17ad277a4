import {
  type Compilable,
  type Expression,
  type Generated,
  type Kysely,
  type RawBuilder,
  type Selectable,
  sql,
} from 'kysely';
import type { CustomerValues } from '../customers/columns.ts';

/** The values of a prepared query, by the names of its parameters. */
export type Values = Readonly<Record<string, unknown>>;

/** Runs a prepared query. Returns rows without a promise if the database is embedded. */
export type Run<Row> = (values: Values) => readonly Row[] | Promise<readonly Row[]>;

/** A connection to a database, or a pool of them. */
export interface Database {
  readonly dialect: Dialect;
  /** The query builder, for queries that are not prepared. */
  readonly query: Kysely<Schema>;
  /**
   * Prepares a query that runs with every request. Its SQL is built once, and the database plans it once.
   *
   * @returns A function that throws {@link DatabaseError} if the database cannot answer.
   */
  prepare<Row>(query: Compilable<Row>): Run<Row>;
  /** Closes all connections. */
  close(): Promise<void>;
}

export type Dialect = 'sqlite' | 'postgres';

class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Returns a placeholder for a value that is passed when a prepared query runs. */
export function placeholder<T>(name: string): T {
  // Kysely keeps the placeholder among the parameters of the query. bindValues replaces it by a value of the type T.
  return new Placeholder(name) as T;
}

/** Replaces the placeholders in the parameters of a compiled query by values. */
export function bindValues(parameters: readonly unknown[], values: Values): unknown[] {
  return parameters.map((value) => (value instanceof Placeholder ? values[value.name] : value));
}

/**
 * Returns the expression that a text column is indexed by. On PostgreSQL, this is a digest, because an index entry has at
 * most 2,704 bytes and an identifier of 1,024 characters can have 4,096. Queries compare the text as well as the digest.
 */
export function buildTextKey(dialect: Dialect, text: Expression<unknown>): RawBuilder<string> {
  return dialect === 'postgres' ? sql<string>`md5(${text})` : sql<string>`${text}`;
}

/** A company with its own keys and customers. */
interface AccountsTable {
  readonly id: Generated<number>;
  readonly name: string;
  readonly created_at: number;
}

/** An API key. The key itself is not stored. */
interface ApiKeysTable {
  /** The part of the key that identifies it. It is not secret. */
  readonly id: string;
  readonly account_id: number;
  readonly label: string;
  /** The HMAC-SHA-256 of the whole key with the server's secret. */
  readonly hash: Buffer;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
  /** The key is invalid from this time on. Null: it does not expire. */
  readonly expires_at: number | null;
  /** The number of requests that the key allows in one minute. Null: no limit. */
  readonly limit_per_minute: number | null;
  /** The fingerprint of the secret that the key was hashed with. Null: the secret of `settings`. */
  readonly secret_fingerprint: string | null;
}

/** A change that an administrator made. It contains no keys, names or email addresses. */
export interface AuditLogTable {
  readonly id: Generated<number>;
  readonly at: number;
  /** The user of the operating system and the host. */
  readonly actor: string;
  /** The command, such as `key revoke`. */
  readonly command: string;
  readonly account_id: number | null;
  /** What was changed, such as the ID of a key. */
  readonly subject: string | null;
  /** Counts and settings, as a JSON object. */
  readonly details: string;
}

/** The metrics and identifiers of one customer. */
interface CustomersTable extends CustomerValues {
  readonly account_id: number;
}

/** The customers of running imports. On SQLite, it is a temporary table without `import_id`. */
interface ImportRowsTable extends CustomersTable {
  readonly import_id: string;
  readonly line: number;
  /** A bit mask of the nullable columns that the line contains. The others keep their values. */
  readonly given: number;
}

/** Settings of the database, such as the fingerprint of the secret. */
interface SettingsTable {
  readonly name: string;
  readonly value: string;
}

/** All tables. Times are in milliseconds since 1970. */
export interface Schema {
  readonly accounts: AccountsTable;
  readonly api_keys: ApiKeysTable;
  readonly customers: CustomersTable;
  readonly import_rows: ImportRowsTable;
  readonly audit_log: AuditLogTable;
  readonly settings: SettingsTable;
}

export type ApiKeyRow = Selectable<ApiKeysTable>;
export type AccountRow = Selectable<AccountsTable>;
