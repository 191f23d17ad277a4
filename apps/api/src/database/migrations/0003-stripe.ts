import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import { buildTextKey, type Dialect } from '../database.ts';

/** Adds what the sync with Stripe stores. Every key begins with `account_id`, so that the tables can be distributed. */
export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const integer = dialect === 'sqlite' ? 'integer' : 'bigint';
  const create = async <T extends string>(table: CreateTableBuilder<T>) => {
    const ofAccount = table.addColumn('account_id', integer, (column) => column.notNull().references('accounts.id'));
    await (dialect === 'sqlite' ? ofAccount.modifyEnd(sql.raw('strict')) : ofAccount).execute();
  };
  const key = (column: string) => buildTextKey(dialect, sql.ref(column));
  const scope = sql`account_id, livemode`;

  // SQLite adds one column at a time.
  await db.schema.alterTable('accounts').addColumn('extra_id_key', 'text').execute();
  await db.schema.alterTable('accounts').addColumn('default_currency', 'text').execute();
  await db.schema.alterTable('accounts').addColumn('last_customer_id', integer).execute();

  await create(
    db.schema
      .createTable('stripe_objects')
      .addColumn('livemode', 'integer', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('customer', 'text')
      .addColumn('parent', 'text')
      .addColumn('created', integer)
      .addColumn('fetched', integer, (column) => column.notNull())
      .addColumn('deleted', 'integer', (column) => column.notNull())
      .addColumn('data', 'text'),
  );
  await sql`create unique index stripe_objects_id on stripe_objects (${scope}, type, ${key('id')})`.execute(db);
  await sql`create index stripe_objects_customer on stripe_objects (${scope}, ${key('customer')}, type, ${key('id')})
    where customer is not null`.execute(db);
  await sql`create index stripe_objects_parent on stripe_objects (${scope}, ${key('parent')})
    where parent is not null`.execute(db);
  await sql`create index stripe_objects_created on stripe_objects (${scope}, type, created)
    where deleted = 0`.execute(db);

  await create(
    db.schema
      .createTable('stripe_customers')
      .addColumn('livemode', 'integer', (column) => column.notNull())
      .addColumn('stripe_id', 'text', (column) => column.notNull())
      .addColumn('created', integer)
      .addColumn('dirty', integer, (column) => column.notNull())
      .addColumn('next_at', integer)
      .addColumn('computed_at', integer)
      .addColumn('error', 'text'),
  );
  const customers = sql`on stripe_customers (${scope}`;
  await sql`create unique index stripe_customers_id ${customers}, ${key('stripe_id')})`.execute(db);
  await sql`create index stripe_customers_dirty ${customers}, created, ${key('stripe_id')}) where dirty > 0`.execute(
    db,
  );
  await sql`create index stripe_customers_next ${customers}, next_at) where next_at is not null`.execute(db);
  await sql`create index stripe_customers_unknown ${customers}) where created is null`.execute(db);
  await sql`create index stripe_customers_failed ${customers}, created) where error is not null`.execute(db);

  await create(
    db.schema
      .createTable('stripe_syncs')
      .addColumn('livemode', 'integer', (column) => column.notNull())
      .addColumn('api_version', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('owner', 'text')
      .addColumn('owner_until', integer)
      .addColumn('read_until', integer)
      .addColumn('backfill_started', integer)
      .addColumn('backfilled_at', integer)
      .addColumn('events_through', integer)
      .addColumn('polled_at', integer)
      .addColumn('reconciled_at', integer)
      .addColumn('failed_at', integer)
      .addColumn('failure', 'text'),
  );
  await sql`create unique index stripe_syncs_account on stripe_syncs (account_id)`.execute(db);

  await create(
    db.schema
      .createTable('stripe_ranges')
      .addColumn('livemode', 'integer', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('lower', integer, (column) => column.notNull())
      .addColumn('upper', integer, (column) => column.notNull())
      .addColumn('cursor', 'text')
      .addColumn('done', 'integer', (column) => column.notNull()),
  );
  await sql`create unique index stripe_ranges_upper on stripe_ranges (${scope}, type, upper)`.execute(db);

  await create(
    db.schema
      .createTable('stripe_hints')
      .addColumn('livemode', 'integer', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('version', integer, (column) => column.notNull())
      .addColumn('received_at', integer, (column) => column.notNull())
      .addColumn('attempts', integer, (column) => column.notNull()),
  );
  await sql`create unique index stripe_hints_id on stripe_hints (${scope}, type, ${key('id')})`.execute(db);
  await sql`create index stripe_hints_next on stripe_hints (${scope}, type, attempts, received_at)`.execute(db);

  await create(db.schema.createTable('stripe_erased').addColumn('hash', 'text', (column) => column.notNull()));
  await sql`create unique index stripe_erased_hash on stripe_erased (account_id, hash)`.execute(db);
}
