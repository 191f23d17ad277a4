import { randomUUID } from 'node:crypto';
import { CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import { keepLastCustomerId, lockAccount } from '../accounts.ts';
import { CUSTOMER_COLUMNS, describeColumn, NULLABLE_COLUMNS } from '../customers/columns.ts';
import { buildTextKey, type Dialect, type Schema } from '../database/database.ts';
import { DatabaseError, toDatabaseError } from '../database/errors.ts';
import { beginImmediate } from '../database/transaction.ts';
import { getBit, type ParsedCustomer } from './customer.ts';

// Each value of a row is a parameter of the statement. Both databases allow more than 30,000.
const MAX_PARAMETERS = 10_000;

/** Rows per statement. */
export const BATCH_SIZE = Math.floor(MAX_PARAMETERS / (CUSTOMER_COLUMNS.length + 4));

// 64 MiB, in KiB: SQLite takes negative values as KiB.
const CACHE_SIZE = sql.lit(-65_536);

// Above this number of rows, reading all customers of the account once is better than the risk of many searches.
const MAX_LOOPS = 1_000;

/** A customer, and the number of the line that it was read from. */
export interface StagedCustomer extends ParsedCustomer {
  readonly line: number;
}

/** A line whose Stripe ID belongs to another customer. */
interface TakenLine {
  readonly id: number;
  readonly line: number;
}

/**
 * The customers of an import that are not yet visible to anybody else.
 *
 * The steps of an import, after all lines were added: {@link lock}, {@link fillOmitted}, {@link findTaken} and
 * {@link drop}, {@link merge}, {@link commit}. Each statement finds the customers of an account by an index, and none uses
 * ON CONFLICT on the table `customers`, because foreign tables do not support it.
 */
export interface Staging {
  /** Adds a batch. Returns the lines whose ID or Stripe ID is the same as on an earlier line. */
  add(batch: readonly StagedCustomer[]): Promise<number[]>;
  /** Waits until no other process changes the account, and prevents it until the import ends. */
  lock(): Promise<void>;
  /** Takes the columns that a line omits from the customer that it replaces. */
  fillOmitted(): Promise<void>;
  /**
   * Returns the lines whose Stripe ID belongs to a customer that keeps it. A customer keeps its Stripe ID if the import
   * does not contain it, or if its own line is one of these.
   */
  findTaken(): Promise<TakenLine[]>;
  /** Removes lines. */
  drop(lines: readonly TakenLine[]): Promise<void>;
  /** Deletes the customers of the account that the import does not contain. Returns their number. */
  prune(): Promise<number>;
  /** Writes the lines to the table `customers`. Returns their number. */
  merge(): Promise<number>;
  /** Ends the import and keeps its changes. */
  commit(): Promise<void>;
  /** Undoes everything since the last commit. */
  rollback(): Promise<void>;
}

/** Where {@link createStaging} stages an import. */
export interface StagingOptions {
  readonly dialect: Dialect;
  readonly accountId: number;
  /** How long to wait for another process that changes the account. */
  readonly waitMs: number;
}

/**
 * Creates an empty staging table. On SQLite, it is a temporary table, so that an import locks the file only when it has
 * read all lines. On PostgreSQL, it is a part of the table `import_rows`, in one transaction for the whole import.
 *
 * @param db - A single connection, because no other connection can see the rows.
 */
export async function createStaging(db: Kysely<Schema>, options: StagingOptions): Promise<Staging> {
  const { dialect, accountId } = options;
  const importId = randomUUID();
  const isPostgres = dialect === 'postgres';
  const columns = ['account_id', ...(isPostgres ? ['import_id'] : []), 'line', 'given', ...CUSTOMER_COLUMNS];
  const scope = isPostgres ? [accountId, importId] : [accountId];
  const isStaged = isPostgres ? sql`staged.account_id = ${accountId} and staged.import_id = ${importId}` : sql`true`;
  const insertions = new Map<number, string>();
  // The bits of the columns that every line contains.
  let alwaysGiven = -1;
  let count = 0;
  await (isPostgres ? beginImport(db) : createTemporaryTable(db));

  return {
    async add(batch) {
      for (const { given } of batch) alwaysGiven &= given;
      const values = batch.flatMap((customer) => [
        ...scope,
        customer.line,
        customer.given,
        ...CUSTOMER_COLUMNS.map((name) => customer.values[name]),
      ]);
      const added = await run(CompiledQuery.raw(getInsertion(batch.length), values));
      count += added;
      if (added === batch.length) return [];
      const ids = batch.map(({ values: { id } }) => id);
      const { rows } =
        await sql<TakenLine>`select id, line from import_rows as staged where ${isStaged} and id in (${sql.join(ids)})`.execute(
          db,
        );
      const lines = new Set(rows.map(({ line }) => line));
      return batch.map(({ line }) => line).filter((line) => !lines.has(line));
    },
    async lock() {
      await lockCustomers(db, options);
      // PostgreSQL has no statistics of the staged rows, and may have old ones of the account. It would take both for a
      // few rows, and compare each row with each.
      if (isPostgres && count > MAX_LOOPS) await run(sql`set local enable_nestloop = off`);
    },
    async fillOmitted() {
      for (const name of NULLABLE_COLUMNS) {
        if (alwaysGiven & getBit(name)) continue;
        const column = sql.ref(name);
        await run(sql`update import_rows as staged set ${column} = known.${column} from customers as known
          where ${isStaged} and ${isSameCustomer} and staged.given & ${sql.lit(getBit(name))} = 0
          and known.${column} is not null`);
      }
    },
    async findTaken() {
      const key = (column: string) => buildTextKey(dialect, sql.ref(column));
      const { rows: moves } = await sql<Move>`select staged.id, staged.line, owner.id as owner, other.id as staged_owner
        from import_rows as staged cross join customers as owner left join import_rows as other
        on other.account_id = owner.account_id and other.id = owner.id ${isPostgres ? sql`and other.import_id = ${importId}` : sql``}
        where ${isStaged} and owner.account_id = staged.account_id
        and ${key('owner.stripe_id')} = ${key('staged.stripe_id')} and owner.id <> staged.id
        order by staged.line`.execute(db);
      return moves.filter(({ staged_owner }) => staged_owner === null).flatMap(followMoves(moves));
    },
    async drop(lines) {
      for (let start = 0; start < lines.length; start += MAX_PARAMETERS) {
        const ids = lines.slice(start, start + MAX_PARAMETERS).map(({ id }) => id);
        count -= await run(sql`delete from import_rows as staged where ${isStaged} and id in (${sql.join(ids)})`);
      }
    },
    async prune() {
      await keepLastCustomerId(db, accountId);
      return run(sql`delete from customers where account_id = ${accountId}
        and not exists (select 1 from import_rows as staged where ${isStaged} and staged.id = customers.id)`);
    },
    async merge() {
      const changeable = CUSTOMER_COLUMNS.filter((name) => name !== 'id' && name !== 'stripe_id');
      const list = (table: string) => sql.join(changeable.map((name) => sql.ref(`${table}.${name}`)));
      const updates = changeable.map((name) => sql`${sql.ref(name)} = ${sql.ref(`staged.${name}`)}`);
      // A customer with a new Stripe ID is added again, because another customer of the file may still have this ID.
      await run(sql`delete from customers where account_id = ${accountId} and id in (
        select known.id from import_rows as staged cross join customers as known
        where ${isStaged} and ${isSameCustomer} and known.stripe_id <> staged.stripe_id)`);
      // Most customers of most imports have not changed. Skipping them saves most of the time.
      await run(sql`update customers as known set ${sql.join(updates)} from import_rows as staged
        where ${isStaged} and ${isSameCustomer} and (${list('known')}) is distinct from (${list('staged')})`);
      const inserted = sql.join(['account_id', ...CUSTOMER_COLUMNS].map((name) => sql.ref(name)));
      await run(sql`insert into customers (${inserted}) select ${inserted} from import_rows as staged
        where ${isStaged} and not exists (select 1 from customers as known where ${isSameCustomer})
        order by staged.id`);
      return count;
    },
    async commit() {
      if (isPostgres) await run(sql`delete from import_rows as staged where ${isStaged}`);
      await run(sql`commit`);
    },
    async rollback() {
      // Without a transaction or a connection, there is nothing to undo.
      await sql`rollback`.execute(db).catch(() => {});
    },
  };

  /** Runs a statement. Returns the number of rows that it changed. */
  async function run(query: RawBuilder<unknown> | CompiledQuery): Promise<number> {
    const { numAffectedRows = 0n } = await db.executeQuery('compile' in query ? query.compile(db) : query);
    return Number(numAffectedRows);
  }

  /** Returns the statement that adds a batch. Building it again would take longer than running it. */
  function getInsertion(length: number): string {
    const known = insertions.get(length);
    if (known !== undefined) return known;
    let parameters = 0;
    const row = () => `(${columns.map(() => (isPostgres ? `$${++parameters}` : '?'))})`;
    const rows = Array.from({ length }, row);
    const text = `insert into import_rows (${columns}) values ${rows} on conflict do nothing`;
    insertions.set(length, text);
    return text;
  }
}

/** A line whose Stripe ID another customer has now. */
interface Move extends TakenLine {
  /** The ID of that customer. */
  readonly owner: number;
  /** The same ID if the import contains that customer. */
  readonly staged_owner: number | null;
}

/** Returns a function that returns a line that must be dropped, and all lines that must be dropped because of it. */
function followMoves(moves: readonly Move[]): (first: TakenLine) => TakenLine[] {
  const moveByOwner = new Map(moves.map((move) => [move.owner, move]));
  return (first) => {
    const dropped: TakenLine[] = [];
    // The customer of a dropped line keeps its Stripe ID, so that no other customer can get it.
    for (let line: TakenLine | undefined = first; line; line = moveByOwner.get(line.id)) dropped.push(line);
    return dropped;
  };
}

// With these columns of the staged row, SQLite searches the customer of each staged row. With a value as account, it would
// read all customers of the account, and without the plus sign, which has no other effect, all customers.
const isSameCustomer = sql`known.account_id = staged.account_id and known.id = +staged.id`;

/** Begins a transaction that no timeout of the role or the database ends, because reading the lines can take long. */
async function beginImport(db: Kysely<Schema>): Promise<void> {
  await sql`begin isolation level read committed read write`.execute(db);
  await sql`select set_config(name, '0', true) from pg_settings
    where name in ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')`.execute(db);
}

async function createTemporaryTable(db: Kysely<Schema>): Promise<void> {
  const columns = CUSTOMER_COLUMNS.map((name) => {
    const { type, isNullable } = describeColumn(name);
    const constraint = name === 'id' ? ' primary key' : isNullable ? '' : ' not null';
    return sql`${sql.ref(name)} ${sql.raw(`${type}${constraint}`)}`;
  });
  // By default, SQLite caches 2 MB of each file, and would read most pages of the indexes again for every row.
  for (const file of ['main', 'temp']) await sql`pragma ${sql.ref(file)}.cache_size = ${CACHE_SIZE}`.execute(db);
  await sql`drop table if exists temp.import_rows`.execute(db);
  await sql`create temporary table import_rows (
    account_id integer not null, line integer not null, given integer not null, ${sql.join(columns)}
  )`.execute(db);
  await sql`create unique index temp.import_rows_stripe_id on import_rows (stripe_id)`.execute(db);
  // One transaction for all batches. It contains only the temporary table, so it locks nothing.
  await sql`begin`.execute(db);
}

/** Locks the customers of an account. Changes of several processes happen one after another, and none is lost. */
async function lockCustomers(db: Kysely<Schema>, { dialect, accountId, waitMs }: StagingOptions): Promise<void> {
  try {
    if (dialect === 'sqlite') {
      await sql`commit`.execute(db);
      await beginImmediate(db, waitMs);
    } else {
      await sql`select set_config('lock_timeout', ${String(waitMs)}, true)`.execute(db);
      await lockAccount(db, accountId);
    }
  } catch (error) {
    const { fault, code } = toDatabaseError(error);
    if (fault !== 'locked') throw error;
    throw new DatabaseError(
      fault,
      `Another process has been changing the customers for ${waitMs / 1_000} seconds. Nothing was imported. Run the import again when it has finished.`,
      code,
    );
  }
}
