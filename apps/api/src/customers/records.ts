import type { Kysely } from 'kysely';
import type { Database, Schema } from '../database/database.ts';
import { CUSTOMER_COLUMNS, type CustomerValues } from './columns.ts';
import { createCustomerFinder } from './find.ts';

/** A part of the customers of an account, in the order of their IDs. */
export interface CustomerRange {
  readonly accountId: number;
  /** Only customers with a greater ID. */
  readonly after: number;
  readonly limit: number;
}

/** Returns customers with all their columns, also those that responses do not contain. */
export function listCustomers(
  db: Kysely<Schema>,
  { accountId, after, limit }: CustomerRange,
): Promise<CustomerValues[]> {
  return db
    .selectFrom('customers')
    .select([...CUSTOMER_COLUMNS])
    .where('account_id', '=', accountId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Finds a customer in the same way as the API, and returns all columns. */
export async function findCustomer(
  database: Database,
  accountId: number,
  identifier: string,
): Promise<CustomerValues | undefined> {
  const found = await createCustomerFinder(database)(accountId, identifier);
  if (!found) return undefined;
  const [customer] = await listCustomers(database.query, { accountId, after: found.id - 1, limit: 1 });
  return customer?.id === found.id ? customer : undefined;
}

const BATCH_SIZE = 1_000;

/** Returns all customers of an account in batches, as they are in this transaction. */
export async function* readCustomers(db: Kysely<Schema>, accountId: number): AsyncGenerator<readonly CustomerValues[]> {
  let after = 0;
  for (;;) {
    const batch = await listCustomers(db, { accountId, after, limit: BATCH_SIZE });
    if (batch.length > 0) yield batch;
    const last = batch.at(-1);
    if (!last || batch.length < BATCH_SIZE) return;
    after = last.id;
  }
}
