import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { findLastCustomerId, lockAccount, readAccountSettings } from '../../accounts.ts';
import { CUSTOMER_COLUMNS, type CustomerValues, describeColumn } from '../../customers/columns.ts';
import { buildTextKey, type Database, type Dialect, type Schema } from '../../database/database.ts';
import { buildJsonRows, isOneOf, type JsonColumns } from '../../database/json-rows.ts';
import { runInTransaction } from '../../database/transaction.ts';
import type { StripeScope } from '../objects.ts';
import { isInScope } from '../store/write-objects.ts';
import { type ComputedCustomer, createComputation } from './compute.ts';

/** What {@link recompute} computes. */
export interface RecomputeOptions {
  readonly scope: StripeScope;
  /** The time that figures are computed for, in milliseconds since 1970. */
  readonly now: number;
  /** The maximum number of customers. */
  readonly limit: number;
}

/** What {@link recompute} did. */
export interface Recomputed {
  /** The number of customers that were computed, whether or not their figures changed. */
  readonly computed: number;
  /** The number of customers that could not be computed. They keep their figures. */
  readonly failed: number;
}

// Customers in one transaction.
const BATCH_SIZE = 200;

/**
 * Computes the figures of customers whose objects changed, or whose figures change by time. New customers get the next
 * IDs of the account, in the order of their creation in Stripe. Call it only after the first backfill is complete and all
 * hints are done, because half a history gives wrong figures.
 *
 * @example
 * const { computed, failed } = await recompute(database, { scope, now: Date.now(), limit: 1_000 });
 */
export async function recompute(database: Database, { scope, now, limit }: RecomputeOptions): Promise<Recomputed> {
  const waiting = await findWaiting(database, { scope, now, limit });
  // After the customers were read, because a later change of the settings counts as a change of each customer.
  const settings = await readAccountSettings(database, scope.accountId);
  const compute = await createComputation(database, { scope, now, settings });
  let computed = 0;
  let failed = 0;
  for (let start = 0; start < waiting.length; start += BATCH_SIZE) {
    const results: Result[] = [];
    for (const customer of waiting.slice(start, start + BATCH_SIZE))
      results.push({ ...customer, ...(await compute(customer.stripe_id)) });
    await writeCustomers(database, { scope, now }, results);
    // On SQLite, no query waits, so timers and requests of this process would wait for all customers.
    await setImmediate();
    const failures = results.filter(({ error }) => error !== null).length;
    failed += failures;
    computed += results.length - failures;
  }
  return { computed, failed };
}

/** A customer that must be computed. */
interface Waiting {
  readonly stripe_id: string;
  /** The number of changes of the customer. If it is another one afterwards, the computation does not count. */
  readonly dirty: number;
}

/** Returns customers whose objects changed, oldest first, or else those whose figures change by time. */
async function findWaiting(
  { query, dialect }: Database,
  { scope, now, limit }: RecomputeOptions,
): Promise<readonly Waiting[]> {
  const known = query
    .selectFrom('stripe_customers')
    .select(['stripe_id', 'dirty'])
    .where(isInScope(scope))
    .limit(limit);
  // In the order of bytes on both databases, because the order decides on the IDs.
  const byId = sql`stripe_id collate ${sql.raw(dialect === 'sqlite' ? 'binary' : '"C"')}`;
  const changed = await known.where(HAS_CHANGES).orderBy('created').orderBy(byId).execute();
  if (changed.length > 0) return changed;
  return known.where(isDue(now)).orderBy('next_at').execute();
}

// SQLite uses the index of changed customers only if the number is a part of the statement.
const HAS_CHANGES = sql<boolean>`created is not null and dirty > 0`;
const isDue = (now: number) => sql<boolean>`created is not null and dirty <= 0 and next_at <= ${now}`;

/** A customer, as it was when it was read, and what was computed. */
type Result = Waiting & ComputedCustomer;

const DONE_COLUMNS = {
  account_id: 'integer',
  livemode: 'integer',
  stripe_id: 'text',
  next_at: 'integer',
  error: 'text',
} as const;

/**
 * Writes the figures of customers, and that they were computed. Leaves out customers that changed after they were read:
 * they are computed again. A customer that was deleted in the meantime does not come back.
 */
async function writeCustomers(
  database: Database,
  { scope, now }: Pick<RecomputeOptions, 'scope' | 'now'>,
  results: readonly Result[],
): Promise<void> {
  const { dialect } = database;
  const { accountId } = scope;
  await runInTransaction(database, async (db) => {
    if (dialect === 'postgres') await lockAccount(db, accountId);
    const ids = results.map(({ stripe_id }) => stripe_id);
    const { rows } = await sql<Waiting>`select stripe_id, dirty from stripe_customers
      where ${isInScope(scope)} and ${isOneOf(dialect, 'stripe_id', ids)}`.execute(db);
    const present = new Map(rows.map(({ stripe_id, dirty }) => [stripe_id, dirty]));
    const unchanged = results.filter(({ stripe_id, dirty }) => present.get(stripe_id) === dirty);
    await writeFigures(db, { dialect, accountId }, unchanged);
    const done = unchanged.map(({ stripe_id, nextAt, error }) => {
      return { account_id: accountId, livemode: Number(scope.livemode), stripe_id, next_at: nextAt, error };
    });
    const key = (table: string) => buildTextKey(dialect, sql.ref(`${table}.stripe_id`));
    await sql`update stripe_customers as known
      set dirty = -abs(known.dirty), next_at = done.next_at, error = done.error, computed_at = ${now}
      from ${buildJsonRows(dialect, done, DONE_COLUMNS)} as done
      where known.account_id = done.account_id and known.livemode = done.livemode
      and ${key('known')} = ${key('done')} and known.stripe_id = done.stripe_id`.execute(db);
  });
}

/** Adds new customers, and updates those whose values changed. Without figures, only the identifiers are updated. */
async function writeFigures(
  db: Kysely<Schema>,
  { dialect, accountId }: { readonly dialect: Dialect; readonly accountId: number },
  results: readonly ComputedCustomer[],
): Promise<void> {
  const ids = results.map(({ identifiers }) => identifiers.stripe_id);
  // Otherwise SQLite would read all customers of the account, because it expects only a few.
  const index = dialect === 'sqlite' ? sql`indexed by customers_stripe_id` : sql``;
  const { rows: stored } = await sql<CustomerValues>`select ${sql.join(CUSTOMER_COLUMNS.map((name) => sql.ref(name)))}
    from customers ${index} where account_id = ${accountId} and ${isOneOf(dialect, 'stripe_id', ids)}`.execute(db);
  const known = new Map(stored.map((customer) => [customer.stripe_id, customer]));
  const changed = results.flatMap(({ identifiers, figures }) => {
    const before = known.get(identifiers.stripe_id);
    const after = { ...before, ...identifiers, ...figures };
    return before && CUSTOMER_COLUMNS.some((name) => before[name] !== after[name]) ? { ...after, id: before.id } : [];
  });
  const added = results.flatMap(({ identifiers, figures, isEmpty }) =>
    figures && !isEmpty && !known.has(identifiers.stripe_id) ? { ...identifiers, ...figures } : [],
  );
  const last = added.length > 0 ? await findLastCustomerId(db, accountId) : 0;
  // One by one: if the customers are on another server, it would otherwise send all of them here.
  for (const { id, ...values } of changed) {
    await db.updateTable('customers').set(values).where('account_id', '=', accountId).where('id', '=', id).execute();
  }
  if (added.length > 0) {
    const columns = sql.join(Object.keys(ROW_COLUMNS).map((name) => sql.ref(name)));
    const rows = added.map((values, index) => ({ ...values, account_id: accountId, id: last + 1 + index }));
    await sql`insert into customers (${columns})
      select ${columns} from ${buildJsonRows(dialect, rows, ROW_COLUMNS)} as added`.execute(db);
  }
}

const ROW_COLUMNS: JsonColumns = {
  account_id: 'integer',
  ...Object.fromEntries(CUSTOMER_COLUMNS.map((name) => [name, describeColumn(name).type])),
};
