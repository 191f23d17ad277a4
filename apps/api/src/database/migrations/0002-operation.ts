import { type Kysely, sql } from 'kysely';
import { buildTextKey, type Dialect } from '../database.ts';

export async function up(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  const integer = dialect === 'sqlite' ? 'integer' : 'bigint';

  // SQLite adds one column at a time.
  await db.schema.alterTable('api_keys').addColumn('expires_at', integer).execute();
  await db.schema.alterTable('api_keys').addColumn('limit_per_minute', integer).execute();
  await db.schema.alterTable('api_keys').addColumn('secret_fingerprint', 'text').execute();

  const auditLog = db.schema
    .createTable('audit_log')
    .addColumn('id', integer, (column) =>
      dialect === 'sqlite' ? column.primaryKey().autoIncrement() : column.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn('at', integer, (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('command', 'text', (column) => column.notNull())
    // No foreign key: a line stays when its account is gone.
    .addColumn('account_id', integer)
    .addColumn('subject', 'text')
    .addColumn('details', 'text', (column) => column.notNull());
  await (dialect === 'sqlite' ? auditLog.modifyEnd(sql.raw('strict')) : auditLog).execute();

  // On SQLite, the staging table of an import is a temporary table.
  if (dialect === 'sqlite') return;
  // An import deletes its rows before it commits, so a crash loses nothing that must be kept.
  await sql`create unlogged table import_rows (
    account_id bigint not null,
    import_id text not null,
    line bigint not null,
    given integer not null,
    id bigint not null,
    stripe_id text not null,
    extra_id text,
    email text,
    total_contract_value bigint not null,
    current_mrr bigint not null,
    current_subscription_count bigint not null,
    currency text not null,
    primary key (account_id, import_id, id)
  )`.execute(db);
  await sql`create unique index import_rows_stripe_id
    on import_rows (account_id, import_id, ${buildTextKey(dialect, sql.ref('stripe_id'))})`.execute(db);
}
