import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import { buildTextKey, type Dialect } from '../database.ts';

// JSON clients parse numbers as doubles, so the description limits integers to those that a double can represent.
const SAFE = sql.raw('between -9007199254740991 and 9007199254740991');

export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const strict = <T extends string>(table: CreateTableBuilder<T>, more = '') =>
    // Without STRICT, SQLite would store 2.5 or text in an integer column.
    dialect === 'sqlite' ? table.modifyEnd(sql.raw(`strict${more}`)) : table;
  const integer = dialect === 'sqlite' ? 'integer' : 'bigint';
  const bytes = dialect === 'sqlite' ? 'blob' : 'bytea';

  await strict(
    db.schema
      .createTable('settings')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull()),
  ).execute();

  await strict(
    db.schema
      .createTable('accounts')
      .addColumn('id', integer, (column) =>
        dialect === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey().generatedByDefaultAsIdentity(),
      )
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('created_at', integer, (column) => column.notNull()),
  ).execute();

  await strict(
    db.schema
      .createTable('api_keys')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('account_id', integer, (column) => column.notNull().references('accounts.id'))
      .addColumn('label', 'text', (column) => column.notNull())
      .addColumn('hash', bytes, (column) => column.notNull())
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('last_used_at', integer)
      .addColumn('revoked_at', integer),
  ).execute();
  await db.schema.createIndex('api_keys_account').on('api_keys').column('account_id').execute();

  await strict(
    db.schema
      .createTable('customers')
      .addColumn('account_id', integer, (column) => column.notNull().references('accounts.id'))
      .addColumn('id', integer, (column) => column.notNull().check(sql`id between 1 and 9007199254740991`))
      .addColumn('stripe_id', 'text', (column) => column.notNull())
      .addColumn('extra_id', 'text')
      .addColumn('email', 'text')
      .addColumn('total_contract_value', integer, (column) => column.notNull().check(sql`total_contract_value ${SAFE}`))
      .addColumn('current_mrr', integer, (column) => column.notNull().check(sql`current_mrr ${SAFE}`))
      .addColumn('current_subscription_count', integer, (column) =>
        column.notNull().check(sql`current_subscription_count between 0 and 9007199254740991`),
      )
      .addColumn('currency', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('customers_pkey', ['account_id', 'id'])
      .addCheckConstraint('lost_customer', sql`current_subscription_count > 0 or current_mrr = 0`),
    // Stores the rows in the tree of the primary key, instead of in a second tree.
    ', without rowid',
  ).execute();

  const key = (column: string) => buildTextKey(dialect, sql.ref(column));
  // Unique, because only one of two customers with the same Stripe ID could be retrieved by it.
  await sql`create unique index customers_stripe_id on customers (account_id, ${key('stripe_id')})`.execute(db);
  for (const column of ['extra_id', 'email']) {
    const name = sql.ref(`customers_${column}`);
    await sql`create index ${name} on customers (account_id, ${key(column)}, id)`.execute(db);
  }
}
