import { hash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Dialect, Schema } from '../../database/database.ts';
import { isOneOf } from '../../database/json-rows.ts';
import type { StripeReference } from '../objects.ts';

/** The columns of an object that its erasure is recognised by. */
interface Identified {
  readonly id: string;
  readonly customer?: string | null;
  readonly parent?: string | null;
}

// Fewer than the number of parameters that both databases allow.
const BATCH_SIZE = 5_000;

/**
 * Remembers the IDs of erased objects by their hashes, so that the sync does not store them again. The ID of a charge is
 * remembered as well as that of its customer, because a later refund may name only the charge.
 */
async function rememberErased(db: Kysely<Schema>, accountId: number, objects: readonly Identified[]): Promise<void> {
  const hashes = [...new Set(objects.flatMap(listIds))].map((id) => hashStripeId(accountId, id));
  for (let start = 0; start < hashes.length; start += BATCH_SIZE) {
    const rows = hashes.slice(start, start + BATCH_SIZE).map((value) => ({ account_id: accountId, hash: value }));
    await db
      .insertInto('stripe_erased')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Leaves out objects of erased customers, and remembers their IDs as well. */
export async function dropErased<Item extends Identified>(
  db: Kysely<Schema>,
  accountId: number,
  objects: readonly Item[],
): Promise<readonly Item[]> {
  const erased = db.selectFrom('stripe_erased').select('hash').where('account_id', '=', accountId);
  if (objects.length === 0 || !(await erased.limit(1).executeTakeFirst())) return objects;
  const hashes = new Map(objects.flatMap(listIds).map((id) => [hashStripeId(accountId, id), id]));
  const known = new Set<string>();
  const all = [...hashes.keys()];
  for (let start = 0; start < all.length; start += BATCH_SIZE) {
    const found = await erased.where('hash', 'in', all.slice(start, start + BATCH_SIZE)).execute();
    for (const row of found) known.add(hashes.get(row.hash) ?? '');
  }
  const isErased = (object: Item) => listIds(object).some((id) => known.has(id));
  const dropped = objects.filter(isErased);
  if (dropped.length === 0) return objects;
  await rememberErased(db, accountId, dropped);
  return objects.filter((object) => !isErased(object));
}

function listIds({ id, customer, parent }: Identified): string[] {
  return [id, customer, parent].filter((value) => typeof value === 'string');
}

/** Returns a hash that does not reveal the ID, and differs between accounts. */
function hashStripeId(accountId: number, id: string): string {
  return hash('sha256', `${accountId}:${id}`);
}

/**
 * Deletes all objects of Stripe customers, and remembers that the sync must not store them again.
 *
 * @param db - A transaction that has locked the account.
 */
export async function eraseStripeCustomers(
  db: Kysely<Schema>,
  { dialect, accountId }: { readonly dialect: Dialect; readonly accountId: number },
  customers: readonly string[],
): Promise<void> {
  await rememberErased(
    db,
    accountId,
    customers.map((id) => ({ id })),
  );
  for (const livemode of [0, 1]) {
    const isInScope = sql<boolean>`account_id = ${accountId} and livemode = ${livemode}`;
    const deleteObjects = async (column: 'customer' | 'parent', ids: readonly string[]) => {
      const { rows } = await sql<StripeReference & Identified>`delete from stripe_objects
        where ${isInScope} and ${isOneOf(dialect, column, ids)} returning type, id, parent`.execute(db);
      await rememberErased(db, accountId, rows);
      return rows;
    };
    const objects = await deleteObjects('customer', customers);
    // Those that name no customer, such as a refund that arrived before its charge.
    const followers = await deleteObjects(
      'parent',
      objects.flatMap(({ id, parent }) => [id, parent ?? id]),
    );
    await sql`delete from stripe_customers where ${isInScope} and ${isOneOf(dialect, 'stripe_id', customers)}`.execute(
      db,
    );
    const ids = [...customers, ...[...objects, ...followers].map(({ id }) => id)];
    await sql`delete from stripe_hints where ${isInScope} and ${isOneOf(dialect, 'id', ids)}`.execute(db);
  }
}
