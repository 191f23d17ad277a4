import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { checkAccount, keepLastCustomerId, lockAccount } from '../accounts.ts';
import { hashKey } from '../api-keys/secret.ts';
import { recordChange } from '../audit.ts';
import { buildTextKey, type Database, type Dialect, type Schema } from '../database/database.ts';
import { runInTransaction } from '../database/transaction.ts';
import { eraseStripeCustomers } from '../stripe/store/erased.ts';
import { CUSTOMER_COLUMNS, type CustomerValues, IDENTIFIER_COLUMNS } from './columns.ts';
import { parseId } from './find.ts';

/** Which customers {@link eraseCustomers} deletes. */
export interface Erasure {
  readonly accountId: number;
  /** A Stripe ID, FirstOfficer ID, extra ID or email address. */
  readonly identifier: string;
  /** Whether to delete several customers that have the identifier. Otherwise, they are not changed. */
  readonly all: boolean;
  /** The secret that the audit log contains the hash of the identifier with. */
  readonly secretText: string;
}

/** The IDs of several customers that have an identifier. */
export class SeveralCustomersError extends Error {
  override readonly name = 'SeveralCustomersError';
  readonly ids: readonly number[];

  constructor(ids: readonly number[]) {
    super(`Several customers have this identifier: ${ids.length}. Pass --all to delete all of them.`);
    this.ids = ids;
  }
}

/** What {@link eraseCustomers} deleted. */
export interface Erased {
  readonly customers: number;
  readonly identifiers: readonly string[];
}

/** Returns the IDs of the customers that have an identifier in any column. */
export async function findMatches(
  { query, dialect }: Pick<Database, 'query' | 'dialect'>,
  accountId: number,
  identifier: string,
): Promise<number[]> {
  const ids = new Set<number>();
  // One query for each column, so that each of them uses its index.
  for (const column of IDENTIFIER_COLUMNS) {
    const rows = await query
      .selectFrom('customers')
      .select('id')
      .where('account_id', '=', accountId)
      .where(column === 'id' ? sql<SqlBool>`id = ${parseId(identifier)}` : equalsText(dialect, column, identifier))
      .execute();
    for (const { id } of rows) ids.add(id);
  }
  return [...ids].toSorted((a, b) => a - b);
}

function equalsText(dialect: Dialect, column: string, value: string): RawBuilder<SqlBool> {
  const stored = sql.ref<string>(column);
  const text = sql`cast(${value} as text)`;
  return sql`${buildTextKey(dialect, stored)} = ${buildTextKey(dialect, text)} and ${stored} = ${text}`;
}

/**
 * Deletes customers, and everything that the sync stored of them. A later sync does not store them again. On SQLite,
 * overwrites the deleted rows in the file.
 *
 * @returns The identifiers of the deleted customers. Empty if no customer has the identifier.
 * @throws SeveralCustomersError if several customers have the identifier; Error if the account does not exist.
 */
export async function eraseCustomers(
  database: Database,
  { accountId, identifier, all, secretText }: Erasure,
): Promise<Erased> {
  const { dialect, query } = database;
  const erased = await runInTransaction(database, async (db) => {
    await checkAccount(db, accountId);
    // Waits for a running import of the account, and lets no other one write before this transaction ends.
    if (dialect === 'postgres') await lockAccount(db, accountId);
    const ids = await findMatches({ query: db, dialect }, accountId, identifier);
    if (ids.length > 1 && !all) throw new SeveralCustomersError(ids);
    const rows = ids.length > 0 ? await deleteCustomers(db, accountId, ids) : [];
    // A customer of Stripe has no figures yet if the first sync has not finished, or if they cannot be computed.
    const others = rows.length === 0 ? await findStripeCustomers({ query: db, dialect }, accountId, identifier) : [];
    const stripeIds = [...rows.map(({ stripe_id }) => stripe_id), ...others];
    if (stripeIds.length === 0) return { customers: 0, identifiers: [] };
    await eraseStripeCustomers(db, { dialect, accountId }, stripeIds);
    const subject = hashIdentifier(identifier, secretText);
    const customers = stripeIds.length;
    await recordChange(db, { command: 'customer delete', accountId, subject, details: { customers } });
    return { customers, identifiers: [...new Set([...listIdentifiers(rows), ...others])] };
  });
  if (dialect === 'sqlite') await truncateLog(query);
  // If it fails, PostgreSQL does the same later.
  else await sql`vacuum customers, stripe_objects, stripe_customers, stripe_hints`.execute(query).catch(() => {});
  return erased;
}

async function deleteCustomers(
  db: Kysely<Schema>,
  accountId: number,
  ids: readonly number[],
): Promise<readonly CustomerValues[]> {
  await keepLastCustomerId(db, accountId);
  return db
    .deleteFrom('customers')
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .returning([...CUSTOMER_COLUMNS])
    .execute();
}

/** Returns the identifier if it is the ID of a customer that the sync knows. */
export async function findStripeCustomers(
  { query, dialect }: Pick<Database, 'query' | 'dialect'>,
  accountId: number,
  identifier: string,
): Promise<string[]> {
  const found = await query
    .selectFrom('stripe_customers')
    .select('stripe_id')
    .where('account_id', '=', accountId)
    .where('livemode', 'in', [0, 1])
    .where(equalsText(dialect, 'stripe_id', identifier))
    .executeTakeFirst();
  return found ? [found.stripe_id] : [];
}

/** Copies the write-ahead log of SQLite into the database file, and empties it. */
async function truncateLog(query: Kysely<Schema>): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(query);
}

/** Rewrites the SQLite file, so that it contains nothing but the present rows. */
export async function rewriteFile({ query }: Database): Promise<void> {
  await sql`vacuum`.execute(query);
  await truncateLog(query);
}

/** Returns the hash of an identifier. It identifies the customer in a receipt, and does not reveal the identifier. */
export function hashIdentifier(identifier: string, secretText: string): string {
  return hashKey(`receipt:${identifier}`, secretText).toString('hex');
}

/** Returns the different identifiers of customers. */
function listIdentifiers(customers: readonly CustomerValues[]): string[] {
  const values = customers.flatMap((customer) => IDENTIFIER_COLUMNS.map((column) => customer[column]));
  return [...new Set(values.filter((value) => value !== null).map(String))];
}

/** Where identifiers of deleted customers still are. */
export interface Remains {
  /** The IDs of other customers of the account that have one of the identifiers. */
  readonly customers: readonly number[];
  /** The IDs of other customers of the account whose email differs only in upper and lower case. */
  readonly similarEmails: readonly number[];
  /** The number of rows that contain one of the identifiers, for each other table that has such rows. */
  readonly tables: Readonly<Record<string, number>>;
}

/** Searches all identifier columns of the account, and all text columns of all other tables. */
export async function findRemains(
  database: Database,
  accountId: number,
  identifiers: readonly string[],
): Promise<Remains> {
  const { query } = database;
  const ids = new Set<number>();
  for (const identifier of identifiers)
    for (const id of await findMatches(database, accountId, identifier)) ids.add(id);
  const emails = identifiers.filter((identifier) => identifier.includes('@'));
  const similar = await query
    .selectFrom('customers')
    .select('id')
    .where('account_id', '=', accountId)
    .where(({ or, fn }) => or(emails.map((email) => sql<SqlBool>`${fn('lower', ['email'])} = lower(${email})`)))
    .orderBy('id')
    .execute();
  return {
    customers: [...ids].toSorted((a, b) => a - b),
    similarEmails: similar.map(({ id }) => id).filter((id) => !ids.has(id)),
    tables: await searchTables(database, accountId, identifiers),
  };
}

/** Returns the ways in which a text is stored: as it is, and in JSON. */
const toForms = (text: string) => [...new Set([text, JSON.stringify(text).slice(1, -1)])];

const toBytes = (text: string) => Buffer.from(text, 'utf8');

// Fewer bytes also occur by chance.
const MIN_BYTES = 5;
const isSearchable = ({ length }: Buffer) => length >= MIN_BYTES;

/**
 * Returns the number of rows that contain one of the identifiers, for each table except `customers` that has such rows.
 *
 * The tables of the sync are only searched for whole values in the data of the account, because the ID of one customer can
 * be a part of the ID of another, and another account may have a customer of the same company. They contain many numbers,
 * so numbers are not searched for there.
 */
async function searchTables(
  database: Database,
  accountId: number,
  identifiers: readonly string[],
): Promise<Record<string, number>> {
  const { dialect } = database;
  const searchable = identifiers.filter((identifier) => isSearchable(toBytes(identifier)));
  const bytes = searchable.flatMap(toForms).map(toBytes);
  const texts = searchable.filter((identifier) => !/^\d+$/.test(identifier));
  const counts: Record<string, number> = {};
  for (const { name, columns } of await listTextColumns(database)) {
    if (name === 'customers') continue;
    const isSynced = name.startsWith('stripe_');
    const conditions = columns.flatMap((column) =>
      isSynced
        ? texts.flatMap((text) => [
            sql`${sql.ref(column)} = ${text}`,
            containsBytes(dialect, column, toBytes(JSON.stringify(text))),
          ])
        : bytes.map((part) => containsBytes(dialect, column, part)),
    );
    const count = await countRows(database, name, {
      conditions,
      scope: isSynced ? sql`account_id = ${accountId}` : sql`true`,
    });
    if (count > 0) counts[name] = count;
  }
  return counts;
}

function containsBytes(dialect: Dialect, column: string, bytes: Buffer): RawBuilder<SqlBool> {
  return dialect === 'sqlite'
    ? sql`instr(cast(${sql.ref(column)} as blob), ${bytes}) > 0`
    : sql`position(${bytes}::bytea in convert_to(${sql.ref(column)}, 'UTF8')) > 0`;
}

// The compiler checks that no table is missing.
const TABLES: Readonly<Record<keyof Schema, true>> = {
  accounts: true,
  api_keys: true,
  audit_log: true,
  customers: true,
  import_rows: true,
  settings: true,
  stripe_customers: true,
  stripe_erased: true,
  stripe_hints: true,
  stripe_objects: true,
  stripe_ranges: true,
  stripe_syncs: true,
};

interface TextColumns {
  readonly name: string;
  readonly columns: readonly string[];
}

async function listTextColumns({ query }: Database): Promise<TextColumns[]> {
  const tables = await query.introspection.getTables();
  return tables
    .filter(({ name }) => Object.hasOwn(TABLES, name))
    .map(({ name, columns }) => ({
      name,
      columns: columns.filter(({ dataType }) => /text|char/i.test(dataType)).map((column) => column.name),
    }))
    .filter(({ columns }) => columns.length > 0);
}

/** Returns the number of rows of a table for which the scope and one of the conditions are true. */
async function countRows(
  { query }: Database,
  table: string,
  { scope, conditions }: { readonly scope: RawBuilder<SqlBool>; readonly conditions: readonly RawBuilder<unknown>[] },
): Promise<number> {
  if (conditions.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}
    where ${scope} and (${sql.join(conditions, sql` or `)})`.execute(query);
  return rows[0]?.count ?? 0;
}

// A long text may be split across pages of the file.
const PIECE_BYTES = 64;

/** Returns the bytes to search for in files, in pieces that are not split across pages. */
export function toPieces(identifiers: readonly string[]): Buffer[] {
  return identifiers
    .flatMap(toForms)
    .map(toBytes)
    .flatMap((bytes) => {
      const count = Math.ceil(bytes.length / PIECE_BYTES);
      const pieces = Array.from({ length: count }, (_, at) => bytes.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES));
      return pieces.filter(isSearchable);
    });
}

/** Returns the number of present rows of all accounts that contain one of the pieces. */
export async function countRowsWith(database: Database, pieces: readonly Buffer[]): Promise<number> {
  let count = 0;
  for (const { name, columns } of await listTextColumns(database)) {
    const conditions = columns.flatMap((column) =>
      pieces.map((piece) => containsBytes(database.dialect, column, piece)),
    );
    count += await countRows(database, name, { scope: sql`true`, conditions });
  }
  return count;
}
