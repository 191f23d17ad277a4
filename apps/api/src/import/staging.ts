import { type Kysely, sql } from 'kysely';
import { CUSTOMER_COLUMNS, type CustomerValues, describeColumn } from '../customers/columns.ts';
import { buildTextKey, type Dialect, type Schema } from '../database/database.ts';

const COLUMNS = ['account_id', ...CUSTOMER_COLUMNS] as const;
const UPDATED_COLUMNS = CUSTOMER_COLUMNS.filter((name) => name !== 'id');

// Each value of a row is a parameter of the statement. Both databases allow more than 30,000.
const MAX_PARAMETERS = 10_000;

/** Rows per statement. */
export const BATCH_SIZE = Math.floor(MAX_PARAMETERS / (COLUMNS.length + 1));

/** A customer, and the number of the line that it was read from. */
export interface StagedCustomer extends CustomerValues {
  readonly line: number;
}

/** A temporary table for the customers of an import until all lines have been read. */
export interface Staging {
  /** Adds a batch in one transaction. Returns the lines whose ID or Stripe ID is the same as on an earlier line. */
  add(batch: readonly StagedCustomer[]): Promise<number[]>;
  /** Returns the lines whose Stripe ID belongs to another customer of the account. */
  findTaken(): Promise<number[]>;
  /** Removes lines from the table. */
  drop(lines: readonly number[]): Promise<void>;
  /** Copies all rows to the table `customers` in one transaction. Returns their number. */
  merge(): Promise<number>;
}

/**
 * Creates the staging table.
 *
 * @param db - A single connection, because no other connection can see the table.
 */
export async function createStaging(db: Kysely<Schema>, dialect: Dialect, accountId: number): Promise<Staging> {
  const integer = sql.raw(dialect === 'sqlite' ? 'integer' : 'bigint');
  await sql`drop table if exists staged_customers`.execute(db);
  const columns = CUSTOMER_COLUMNS.map((name) => {
    const column = describeColumn(name);
    const type = column.type === 'integer' ? integer : sql.raw('text');
    const required = column.isNullable ? '' : 'not null';
    const constraint = name === 'id' ? 'primary key' : required;
    return sql`${sql.ref(name)} ${type} ${sql.raw(constraint)}`;
  });
  await sql`create temporary table staged_customers (
    account_id ${integer} not null, ${sql.join(columns)}, line ${integer} not null
  )`.execute(db);
  await sql`create unique index staged_stripe_id on staged_customers (${buildTextKey(dialect, sql.ref('stripe_id'))})`.execute(
    db,
  );

  return {
    async add(batch) {
      const rows = batch.map((customer) => ({ account_id: accountId, ...customer }));
      const added = await db
        .insertInto('staged_customers')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .returning('line')
        .execute();
      if (added.length === batch.length) return [];
      const lines = new Set(added.map(({ line }) => line));
      return batch.map(({ line }) => line).filter((line) => !lines.has(line));
    },
    async findTaken() {
      const rows = await db
        .selectFrom('staged_customers as staged')
        .innerJoin('customers', (join) =>
          join
            .onRef('customers.account_id', '=', 'staged.account_id')
            .on(
              sql<string>`${buildTextKey(dialect, sql.ref('customers.stripe_id'))}`,
              '=',
              sql<string>`${buildTextKey(dialect, sql.ref('staged.stripe_id'))}`,
            )
            .onRef('customers.id', '!=', 'staged.id'),
        )
        .select('staged.line')
        .orderBy('staged.line')
        .execute();
      return rows.map(({ line }) => line);
    },
    async drop(lines) {
      if (lines.length === 0) return;
      // Most imports drop no lines, so the index is created only here.
      await sql`create index staged_line on staged_customers (line)`.execute(db);
      for (let start = 0; start < lines.length; start += BATCH_SIZE) {
        const chunk = lines.slice(start, start + BATCH_SIZE);
        await db.deleteFrom('staged_customers').where('line', 'in', chunk).execute();
      }
    },
    async merge() {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto('customers')
        .columns([...COLUMNS])
        // Without a WHERE clause, SQLite would parse ON CONFLICT as the ON of a join.
        .expression((from) =>
          from
            .selectFrom('staged_customers')
            .select([...COLUMNS])
            .where(sql<boolean>`true`),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['account_id', 'id'])
            .doUpdateSet((set) =>
              Object.fromEntries(UPDATED_COLUMNS.map((name) => [name, set.ref(`excluded.${name}`)])),
            ),
        )
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows);
    },
  };
}
