import { sql } from 'kysely';
import { buildTextKey, type Database } from '../../database/database.ts';
import { isOneOf } from '../../database/json-rows.ts';
import type { StripeScope } from '../objects.ts';
import { isInScope } from '../store/write-objects.ts';

/** An object of a customer. */
export interface CustomerObject {
  readonly type: string;
  readonly id: string;
  /** The object as JSON. */
  readonly data: string;
}

// An invoice of 1,000 lines has about 1 MB.
const PAGE_SIZE = 200;

/** Returns the objects of a customer in pages, because a customer can have 10,000 invoices. */
export async function* readCustomerObjects(
  { query, dialect }: Database,
  scope: StripeScope,
  customer: string,
): AsyncGenerator<readonly CustomerObject[]> {
  const toKey = (text: string) => buildTextKey(dialect, sql`cast(${text} as text)`);
  const order = sql`type, ${buildTextKey(dialect, sql.ref('id'))}`;
  let last: CustomerObject | undefined;
  for (;;) {
    const { rows }: { rows: CustomerObject[] } = await sql<CustomerObject>`
      select type, id, data from stripe_objects
      where ${isInScope(scope)} and ${buildTextKey(dialect, sql.ref('customer'))} = ${toKey(customer)}
      and customer = ${customer} and data is not null
      and (${order}) > (${last?.type ?? ''}, ${last ? toKey(last.id) : sql.lit('')})
      order by ${order} limit ${PAGE_SIZE}`.execute(query);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE_SIZE) return;
    last = rows.at(-1);
  }
}

/** Returns prices as JSON. */
export async function readPrices(
  { query, dialect }: Database,
  scope: StripeScope,
  ids: readonly string[],
): Promise<{ id: string; data: string }[]> {
  const { rows } = await sql<{ id: string; data: string }>`select id, data from stripe_objects
    where ${isInScope(scope)} and type = 'price' and ${isOneOf(dialect, 'id', ids)} and data is not null`.execute(
    query,
  );
  return rows;
}
