import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { buildTextKey, type Dialect, type Schema } from '../../database/database.ts';
import { buildJsonRows, isOneOf } from '../../database/json-rows.ts';
import { isTestClockRow, type StripeReference, type StripeRow, type StripeScope } from '../objects.ts';
import { dropErased } from './erased.ts';

/** A transaction that writes the objects of a scope. */
export interface StripeTransaction {
  readonly db: Kysely<Schema>;
  readonly dialect: Dialect;
  readonly scope: StripeScope;
}

/** The columns that connect objects. */
interface Linked extends StripeReference {
  readonly customer: string | null;
  readonly parent: string | null;
}

/** Returns the condition that a row belongs to the scope. */
export function isInScope({ accountId, livemode }: StripeScope): RawBuilder<SqlBool> {
  return sql`account_id = ${accountId} and livemode = ${Number(livemode)}`;
}

/** The condition that an object is not deleted. The databases use the index of these objects only if it has no parameter. */
export const IS_PRESENT = sql<boolean>`deleted = 0`;

/** Returns the values of the columns of the scope. PostgreSQL cannot infer the types of values in a select list. */
function listScope({ accountId, livemode }: StripeScope): RawBuilder<unknown> {
  return sql`cast(${accountId} as bigint), cast(${Number(livemode)} as integer)`;
}

/**
 * Writes objects, and marks the customers whose objects changed.
 *
 * @returns The number of objects that changed, and the number of those that were left out.
 */
export async function writeObjects(
  transaction: StripeTransaction,
  rows: readonly StripeRow[],
): Promise<{ changed: number; ignored: number }> {
  const latest = selectLatest(rows);
  const kept = await dropTestClocks(transaction, await dropErased(transaction.db, transaction.scope.accountId, latest));
  const prices = kept.filter(({ type }) => type === 'price').map(({ id }) => id);
  const knownPrices = await findPrices(transaction, prices);
  const changed: Linked[] = [];
  for (const part of splitByLength(kept)) changed.push(...(await upsertObjects(transaction, part)));
  const linked = await linkToCustomers(transaction, changed);
  const created = new Map(kept.filter(({ type }) => type === 'customer').map((row) => [row.id, row.created ?? 0]));
  const owners = new Set(
    [...changed, ...linked].map(({ customer }) => customer).filter((customer) => customer !== null),
  );
  const testClocks = kept.filter(isTestClockRow).map(({ id }) => id);
  for (const id of testClocks) owners.delete(id);
  await markCustomers(
    transaction,
    [...owners].map((id) => ({ id, created: created.get(id) ?? null })),
  );
  await removeObjects(transaction, testClocks);
  const changedPrices = changed.filter(({ type }) => type === 'price');
  // Nobody knows whose lines have the price. Amounts of prices hardly ever change.
  if (changedPrices.some(({ id }) => knownPrices.has(id))) await markAll(transaction, sql`true`);
  // A price that was missing may be the reason why a customer could not be computed.
  else if (changedPrices.length > 0) await markAll(transaction, sql`error is not null`);
  await requestPrices(transaction, kept);
  return { changed: changed.length, ignored: latest.length - kept.length };
}

/** Returns the last row of each object. A statement can write an object only once. */
function selectLatest(rows: readonly StripeRow[]): StripeRow[] {
  const latest = new Map<string, StripeRow>();
  for (const row of rows) {
    const key = `${row.type} ${row.id}`;
    if ((latest.get(key)?.fetched ?? 0) <= row.fetched) latest.set(key, row);
  }
  return [...latest.values()];
}

/** Leaves out objects of customers that belong to test clocks. Only test data has such customers. */
async function dropTestClocks(
  { db, dialect, scope }: StripeTransaction,
  rows: readonly StripeRow[],
): Promise<readonly StripeRow[]> {
  const customers = [...new Set(rows.map(({ customer }) => customer).filter((customer) => customer !== null))];
  if (scope.livemode || customers.length === 0) return rows;
  const { rows: stored } = await sql<{ id: string }>`select id from stripe_objects
    where ${isInScope(scope)} and type = 'customer' and ${isOneOf(dialect, 'id', customers)}
    and deleted = 0 and data is null`.execute(db);
  const ids = new Set([...stored.map(({ id }) => id), ...rows.filter(isTestClockRow).map(({ id }) => id)]);
  return rows.filter((row) => isTestClockRow(row) || row.customer === null || !ids.has(row.customer));
}

// In characters. The parameter of a statement exists several times in memory.
const MAX_LENGTH = 2_000_000;

/** Splits rows into parts of a limited length, except for a single longer row. */
function* splitByLength(rows: readonly StripeRow[]): Generator<readonly StripeRow[]> {
  let part: StripeRow[] = [];
  let length = 0;
  for (const row of rows) {
    const added = row.data?.length ?? 0;
    if (part.length > 0 && length + added > MAX_LENGTH) {
      yield part;
      part = [];
      length = 0;
    }
    part.push(row);
    length += added;
  }
  if (part.length > 0) yield part;
}

const OBJECT_COLUMNS = {
  type: 'text',
  id: 'text',
  customer: 'text',
  parent: 'text',
  created: 'integer',
  fetched: 'integer',
  deleted: 'integer',
  data: 'text',
} as const;

/** Writes the objects that differ from the stored ones and are not older. Returns them. */
async function upsertObjects(
  { db, dialect, scope }: StripeTransaction,
  rows: readonly StripeRow[],
): Promise<readonly Linked[]> {
  const values = rows.map(({ isDeleted, ...row }) => ({ ...row, deleted: Number(isDeleted) }));
  const columns = sql.join(Object.keys(OBJECT_COLUMNS).map((name) => sql.ref(name)));
  const data = sql`case when excluded.deleted = 1 and excluded.type = 'price' then known.data else excluded.data end`;
  const keep = (name: string) => {
    const column = sql.ref(name);
    return sql`${column} = coalesce(excluded.${column}, known.${column})`;
  };
  const { rows: changed } = await sql<Linked>`
    insert into stripe_objects as known (account_id, livemode, ${columns})
    select ${listScope(scope)}, ${columns}
    from ${buildJsonRows(dialect, values, OBJECT_COLUMNS)} as source where true
    on conflict (account_id, livemode, type, ${buildTextKey(dialect, sql.ref('id'))}) do update set
      ${keep('customer')}, ${keep('parent')}, ${keep('created')},
      fetched = excluded.fetched, deleted = excluded.deleted, data = ${data}
    where excluded.fetched >= known.fetched
      and (excluded.deleted <> known.deleted or ${data} is distinct from known.data)
    returning type, id, customer, parent`.execute(db);
  return changed;
}

/**
 * Finds the customers of objects that name none, through the objects that they follow: a refund belongs to the customer of
 * its charge, and a charge to that of the invoice that it pays. Objects arrive in any order, so a new object may connect
 * those that are stored.
 *
 * @returns The objects that got a customer.
 */
async function linkToCustomers(
  { db, dialect, scope }: StripeTransaction,
  rows: readonly Linked[],
): Promise<readonly Linked[]> {
  const linked: Linked[] = [];
  let arrived = rows.filter(({ type, parent }) => parent !== null || type === 'charge' || type === 'invoice');
  while (arrived.length > 0) {
    const ids = [...new Set(arrived.flatMap(({ id, parent }) => [id, parent ?? id]))];
    const { rows: orphans } = await sql<Linked>`select type, id, customer, parent from stripe_objects
      where ${isInScope(scope)} and ${isOneOf(dialect, 'parent', ids)} and customer is null
      union all select type, id, customer, parent from stripe_objects
      where ${isInScope(scope)} and type = 'charge' and ${isOneOf(dialect, 'id', ids)}
      and customer is null and parent is null`.execute(db);
    const owners = await findOwners({ db, dialect, scope }, orphans);
    arrived = orphans.flatMap((orphan) => {
      const customer = owners.get(orphan.parent ?? '') ?? owners.get(orphan.id);
      return customer === undefined ? [] : { ...orphan, customer };
    });
    for (const { type, id, customer } of arrived) {
      await sql`update stripe_objects set customer = ${customer}
        where ${isInScope(scope)} and type = ${type} and ${isOneOf(dialect, 'id', [id])}`.execute(db);
    }
    linked.push(...arrived);
  }
  return linked;
}

/** Returns the customers of objects by the IDs of these objects and of those that they follow. */
async function findOwners(
  { db, dialect, scope }: StripeTransaction,
  orphans: readonly Linked[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(orphans.flatMap(({ id, parent }) => [id, parent ?? id]))];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; customer: string }>`select id, customer from stripe_objects
    where ${isInScope(scope)} and type in ('charge', 'invoice') and ${isOneOf(dialect, 'id', ids)} and customer is not null
    union all select parent as id, customer from stripe_objects
    where ${isInScope(scope)} and ${isOneOf(dialect, 'parent', ids)} and customer is not null`.execute(db);
  return new Map(rows.map(({ id, customer }) => [id, customer]));
}

/** Counts a change of customers, and adds those that are new. */
async function markCustomers(
  { db, dialect, scope }: StripeTransaction,
  customers: readonly { readonly id: string; readonly created: number | null }[],
): Promise<void> {
  if (customers.length === 0) return;
  await sql`insert into stripe_customers as known (account_id, livemode, stripe_id, created, dirty)
    select ${listScope(scope)}, id, created, 1
    from ${buildJsonRows(dialect, customers, { id: 'text', created: 'integer' })} as source where true
    on conflict (account_id, livemode, ${buildTextKey(dialect, sql.ref('stripe_id'))}) do update set
      dirty = abs(known.dirty) + 1, created = coalesce(nullif(excluded.created, 0), known.created, excluded.created)`.execute(
    db,
  );
}

/** Counts a change of all customers for which a condition is true. */
export async function markAll({ db, scope }: StripeTransaction, condition: RawBuilder<unknown>): Promise<void> {
  await sql`update stripe_customers set dirty = abs(dirty) + 1 where ${isInScope(scope)} and ${condition}`.execute(db);
}

/** Removes all objects of customers that belong to test clocks, and their figures. The rows that say so stay. */
async function removeObjects({ db, dialect, scope }: StripeTransaction, customers: readonly string[]): Promise<void> {
  if (customers.length === 0) return;
  await sql`delete from stripe_objects where ${isInScope(scope)} and ${isOneOf(dialect, 'customer', customers)}
    and type <> 'customer'`.execute(db);
  await sql`delete from stripe_customers where ${isInScope(scope)} and ${isOneOf(dialect, 'stripe_id', customers)}`.execute(
    db,
  );
}

/** Adds hints for prices that objects name and that are not stored. */
async function requestPrices(transaction: StripeTransaction, rows: readonly StripeRow[]): Promise<void> {
  const ids = [...new Set(rows.flatMap(({ prices }) => prices))];
  const known = await findPrices(transaction, ids);
  const unknown = ids.filter((id) => !known.has(id)).map((id) => ({ type: 'price', id }));
  await insertHints(transaction, unknown, sql`do nothing`);
}

/** Returns the prices that are stored. */
async function findPrices(
  { db, dialect, scope }: StripeTransaction,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select id from stripe_objects
    where ${isInScope(scope)} and type = 'price' and ${isOneOf(dialect, 'id', ids)}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

const HINT_COLUMNS = { type: 'text', id: 'text' } as const;

/**
 * Adds hints.
 *
 * @param onConflict - What to do with a hint that exists.
 */
export async function insertHints(
  { db, dialect, scope }: StripeTransaction,
  hints: readonly StripeReference[],
  onConflict: RawBuilder<unknown>,
): Promise<void> {
  const unique = [...new Map(hints.map((hint) => [`${hint.type} ${hint.id}`, hint])).values()];
  if (unique.length === 0) return;
  await sql`insert into stripe_hints as known (account_id, livemode, type, id, version, received_at, attempts)
    select ${listScope(scope)}, type, id, 1, cast(${Date.now()} as bigint), 0
    from ${buildJsonRows(dialect, unique, HINT_COLUMNS)} as source where true
    on conflict (account_id, livemode, type, ${buildTextKey(dialect, sql.ref('id'))}) ${onConflict}`.execute(db);
}
