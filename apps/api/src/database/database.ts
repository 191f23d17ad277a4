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
  /** The key in the metadata of Stripe customers whose value is the extra ID. Null: customers get no extra ID from Stripe. */
  readonly extra_id_key: string | null;
  /** The currency of customers without any payment. Null: usd. */
  readonly default_currency: string | null;
  /** The highest ID that a deleted customer had, so that no later customer gets it. */
  readonly last_customer_id: number | null;
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

/** An account of Stripe, and whether its real or its test data: the first two columns of the tables below. */
interface StripeScopeColumns {
  readonly account_id: number;
  /** 1: real data. 0: test data. */
  readonly livemode: number;
}

/** An object of Stripe's API, without the members that are left out. */
interface StripeObjectsTable extends StripeScopeColumns {
  /** The member `object`, such as `invoice`. */
  readonly type: string;
  readonly id: string;
  /** The Stripe ID of the customer that the object belongs to. Null: nobody, or not known yet. */
  readonly customer: string | null;
  /** The ID of the object that this one follows: the charge of a refund, the payment intent of a charge. */
  readonly parent: string | null;
  /** In seconds since 1970. */
  readonly created: number | null;
  /** When the request began that read this state of the object. */
  readonly fetched: number;
  /** 1: the object was deleted in Stripe. */
  readonly deleted: number;
  /** The object as JSON. Null: it was deleted, or it belongs to a test clock. */
  readonly data: string | null;
}

/** The state of the computation of a customer's figures. */
interface StripeCustomersTable extends StripeScopeColumns {
  readonly stripe_id: string;
  /** When the customer was created, in seconds since 1970. 0: unknown, because it was deleted. Null: not fetched yet. */
  readonly created: number | null;
  /** The number of changes of its objects. Negative or 0: the figures contain all of them. It never returns to a value. */
  readonly dirty: number;
  /** When the figures change by time alone. */
  readonly next_at: number | null;
  readonly computed_at: number | null;
  /** Why the figures could not be computed. */
  readonly error: string | null;
}

/** The state of the sync of an account. */
interface StripeSyncsTable extends StripeScopeColumns {
  readonly api_version: string;
  readonly state: string;
  /** The process that syncs the account. */
  readonly owner: string | null;
  /** When another process may take over. */
  readonly owner_until: number | null;
  /** No object was read later, by the clocks of all processes so far. */
  readonly read_until: number | null;
  /** When the first backfill began, by Stripe's clock, in seconds since 1970. */
  readonly backfill_started: number | null;
  readonly backfilled_at: number | null;
  /** The time up to which events were read, in seconds since 1970. */
  readonly events_through: number | null;
  readonly polled_at: number | null;
  readonly reconciled_at: number | null;
  readonly failed_at: number | null;
  readonly failure: string | null;
}

/**
 * A range of creation times whose objects the first sync reads, from its end to its begin. Times are in seconds since
 * 1970.
 */
interface StripeRangesTable extends StripeScopeColumns {
  readonly type: string;
  /** The first second of the range. */
  readonly lower: number;
  /** The first second after the range. */
  readonly upper: number;
  /** The ID of the last object that was read. */
  readonly cursor: string | null;
  /** 1: the whole range was read. */
  readonly done: number;
}

/** An object that may have changed and must be fetched. */
interface StripeHintsTable extends StripeScopeColumns {
  readonly type: string;
  readonly id: string;
  /** Increases with every hint, so that a hint during the request is not lost. */
  readonly version: number;
  readonly received_at: number;
  readonly attempts: number;
}

/** The hashes of IDs that the sync must not store, because their customer was deleted with `customer delete`. */
interface StripeErasedTable {
  readonly account_id: number;
  readonly hash: string;
}

/** All tables. Times are in milliseconds since 1970, if their column does not say otherwise. */
export interface Schema {
  readonly accounts: AccountsTable;
  readonly api_keys: ApiKeysTable;
  readonly customers: CustomersTable;
  readonly import_rows: ImportRowsTable;
  readonly audit_log: AuditLogTable;
  readonly settings: SettingsTable;
  readonly stripe_customers: StripeCustomersTable;
  readonly stripe_erased: StripeErasedTable;
  readonly stripe_hints: StripeHintsTable;
  readonly stripe_objects: StripeObjectsTable;
  readonly stripe_ranges: StripeRangesTable;
  readonly stripe_syncs: StripeSyncsTable;
}

export type ApiKeyRow = Selectable<ApiKeysTable>;
export type AccountRow = Selectable<AccountsTable>;
export type SyncRow = Selectable<StripeSyncsTable>;
