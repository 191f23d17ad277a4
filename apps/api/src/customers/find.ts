import type { Customer } from '@firstofficer/client/types';
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import { buildTextKey, type Database, type Dialect, placeholder } from '../database/database.ts';
import { DatabaseError } from '../database/errors.ts';
import {
  type CustomerValues,
  describeColumn,
  IDENTIFIER_COLUMNS,
  VISIBLE_COLUMNS,
  type VisibleColumn,
} from './columns.ts';

type IdentifierColumn = (typeof IDENTIFIER_COLUMNS)[number];
type VisibleValues = Pick<CustomerValues, VisibleColumn>;

/** Finds a customer of an account by an identifier. Returns a promise only if the database is asynchronous. */
export type FindCustomer = (
  accountId: number,
  identifier: string,
) => Customer | undefined | Promise<Customer | undefined>;

/**
 * Creates the function that finds customers by Stripe ID, FirstOfficer ID, extra ID or email address, in this order. If
 * several customers match, it returns the one with the lowest FirstOfficer ID. It runs a single query, which stops at the
 * first match.
 */
export function createCustomerFinder(database: Database): FindCustomer {
  const find = database.prepare(buildQuery(database));
  return (account, identifier) => {
    // No stored identifier contains NUL, and PostgreSQL rejects it.
    if (identifier.includes('\0')) return undefined;
    const rows = find({ account, identifier, number: parseId(identifier) });
    return rows instanceof Promise ? rows.then(toCustomer) : toCustomer(rows);
  };
}

function buildQuery({ query, dialect }: Database) {
  // Without the casts, SQLite would plan the query again for each value, and PostgreSQL could not infer the type of the
  // value that md5() takes.
  const account = castToInteger(placeholder<number>('account'), dialect);
  const identifier = sql<string>`cast(${placeholder<string>('identifier')} as text)`;
  const identifierKey = computeFirst(buildTextKey(dialect, identifier), dialect);
  const accountCustomers = () =>
    query.selectFrom('customers as found').select('found.id').where('found.account_id', '=', account);
  const byText = (column: IdentifierColumn): Expression<number> => {
    const reference = sql.ref<string>(`found.${column}`);
    return sql`(${accountCustomers()
      .where(sql<SqlBool>`${buildTextKey(dialect, reference)} = ${identifierKey}`)
      .where(sql<SqlBool>`${reference} = ${identifier}`)
      .orderBy('found.id')
      .limit(sql.lit(1))})`;
  };
  const byId = sql<number>`(${accountCustomers().where('found.id', '=', castToInteger(placeholder<number>('number'), dialect))})`;
  const searches = IDENTIFIER_COLUMNS.map((column) => (column === 'id' ? byId : byText(column)));
  return query
    .selectFrom('customers')
    .select([...VISIBLE_COLUMNS])
    .where('account_id', '=', account)
    .where('id', '=', computeFirst(sql<number>`coalesce(${sql.join(searches)})`, dialect));
}

/**
 * Makes PostgreSQL compute an expression before it reads rows. If the customers are on another server, it can then send the
 * value there. Otherwise it would read all customers of the account from that server.
 */
function computeFirst<T>(expression: RawBuilder<T>, dialect: Dialect): RawBuilder<T> {
  return dialect === 'postgres' ? sql<T>`(select ${expression})` : expression;
}

/**
 * Converts the first row to a customer of the description.
 *
 * @throws DatabaseError if the row contains a number that is not a safe integer.
 */
function toCustomer([row]: readonly VisibleValues[]): Customer | undefined {
  if (!row) return undefined;
  const isReadable = VISIBLE_COLUMNS.every(
    (name) => row[name] === null || describeColumn(name).type !== 'integer' || Number.isSafeInteger(row[name]),
  );
  if (!isReadable) {
    throw new DatabaseError('unavailable', 'The database contains a number that is not an integer of at most 2^53−1.');
  }
  return { object: 'customer', ...row };
}

function castToInteger(value: number, dialect: Dialect): RawBuilder<number> {
  return sql`cast(${value} as ${sql.raw(dialect === 'sqlite' ? 'integer' : 'bigint')})`;
}

/** Parses an identifier as a FirstOfficer ID in decimal notation. Returns null if it is not one. */
export function parseId(identifier: string): number | null {
  if (!/^[1-9]\d{0,15}$/.test(identifier)) return null;
  const number = Number(identifier);
  return Number.isSafeInteger(number) ? number : null;
}
