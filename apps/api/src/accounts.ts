import { type Kysely, sql } from 'kysely';
import { generateKey } from './api-keys/format.ts';
import { hashKey, type Secret } from './api-keys/secret.ts';
import { recordChange } from './audit.ts';
import type { AccountRow, ApiKeyRow, Database, Schema } from './database/database.ts';
import { runInTransaction } from './database/transaction.ts';

/** Creates an account and returns its ID. */
export async function createAccount(database: Database, name: string): Promise<number> {
  return runInTransaction(database, async (db) => {
    const { id } = await db
      .insertInto('accounts')
      .values({ name, created_at: Date.now() })
      .returning('id')
      .executeTakeFirstOrThrow();
    await recordChange(db, { command: 'account create', accountId: id });
    return id;
  });
}

/**
 * Changes the name of an account.
 *
 * @throws Error if the account does not exist.
 */
export async function renameAccount(database: Database, id: number, name: string): Promise<void> {
  await runInTransaction(database, async (db) => {
    await checkAccount(db, id);
    await db.updateTable('accounts').set({ name }).where('id', '=', id).execute();
    await recordChange(db, { command: 'account rename', accountId: id });
  });
}

/**
 * Checks that an account exists.
 *
 * @throws Error if it does not.
 */
export async function checkAccount(db: Kysely<Schema>, id: number): Promise<void> {
  const account = await db.selectFrom('accounts').select('id').where('id', '=', id).executeTakeFirst();
  if (!account) throw new Error(`Account ${id} does not exist. Create one with: account create NAME`);
}

/**
 * Checks that an account is not synced with Stripe.
 *
 * @throws Error if it is.
 */
export async function checkNotSynced(db: Kysely<Schema>, id: number): Promise<void> {
  const sync = await db.selectFrom('stripe_syncs').select('account_id').where('account_id', '=', id).executeTakeFirst();
  if (!sync) return;
  throw new Error(
    `Account ${id} is synced with Stripe, and the next sync would overwrite the import. Import into another account, or before the first sync.`,
  );
}

/**
 * Lets no other transaction change the customers of an account on PostgreSQL before this one ends. On SQLite, a transaction
 * that writes is always the only one. Keys of the account can be created meanwhile, because their foreign key does not
 * conflict with this lock.
 *
 * @param db - A transaction on PostgreSQL.
 */
export async function lockAccount(db: Kysely<Schema>, id: number): Promise<void> {
  await sql`select id from accounts where id = ${id} for no key update`.execute(db);
}

/** Returns all accounts, oldest first. */
export async function listAccounts({ query }: Database): Promise<Pick<AccountRow, 'id' | 'name' | 'created_at'>[]> {
  return query.selectFrom('accounts').select(['id', 'name', 'created_at']).orderBy('id').execute();
}

/** The currency of customers without any payment, unless the account has another one. */
export const DEFAULT_CURRENCY = 'usd';

/** How the sync with Stripe fills the customers of an account. */
export interface AccountSettings {
  /** The key in the metadata of Stripe customers whose value is the extra ID. Null: no customer gets an extra ID. */
  readonly extra_id_key: string | null;
  /** The currency of customers without any payment, such as `usd`. Null: {@link DEFAULT_CURRENCY}. */
  readonly default_currency: string | null;
}

/**
 * Returns the settings of an account.
 *
 * @throws Error if the account does not exist.
 */
export async function readAccountSettings({ query }: Pick<Database, 'query'>, id: number): Promise<AccountSettings> {
  await checkAccount(query, id);
  return query
    .selectFrom('accounts')
    .select(['extra_id_key', 'default_currency'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

/**
 * Changes settings of an account. All customers from Stripe are computed again, because their values may change.
 *
 * @throws Error if the account does not exist.
 */
export async function updateAccountSettings(
  database: Database,
  id: number,
  settings: Partial<AccountSettings>,
): Promise<void> {
  await runInTransaction(database, async (db) => {
    if (database.dialect === 'postgres') await lockAccount(db, id);
    const before = await readAccountSettings({ query: db }, id);
    const after = { ...before, ...settings };
    await recordChange(db, { command: 'account set', accountId: id, details: { ...settings } });
    if (after.extra_id_key === before.extra_id_key && after.default_currency === before.default_currency) return;
    await db.updateTable('accounts').set(after).where('id', '=', id).execute();
    await db.updateTable('stripe_customers').set({ dirty: sql`abs(dirty) + 1` }).where('account_id', '=', id).execute();
  });
}

// IDs above it come from imports only, so that an import of the greatest ID does not use up all others.
const MAX_ASSIGNED_ID = 2 ** 52;

/**
 * Returns the highest ID that a customer of an account has or had. Later customers get higher ones, because an ID is never
 * used twice.
 *
 * @param db - A transaction that has locked the account.
 */
export async function findLastCustomerId(db: Kysely<Schema>, accountId: number): Promise<number> {
  const { last_customer_id: last } = await db
    .selectFrom('accounts')
    .select('last_customer_id')
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  const highest = await db
    .selectFrom('customers')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '<=', MAX_ASSIGNED_ID)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Math.max(last ?? 0, highest?.id ?? 0);
}

/** Remembers the highest ID of the customers of an account. Call it in a transaction that deletes customers, before that. */
export async function keepLastCustomerId(db: Kysely<Schema>, accountId: number): Promise<void> {
  const last_customer_id = await findLastCustomerId(db, accountId);
  await db.updateTable('accounts').set({ last_customer_id }).where('id', '=', accountId).execute();
}

const LISTED_COLUMNS = [
  'id',
  'account_id',
  'label',
  'created_at',
  'last_used_at',
  'revoked_at',
  'expires_at',
  'limit_per_minute',
] as const;

/** A key without its hash. */
export type ListedKey = Pick<ApiKeyRow, (typeof LISTED_COLUMNS)[number]>;

/** The limits of a key. Null: no limit. */
export interface KeyLimits {
  /** The key is invalid from this time on, in milliseconds since 1970. */
  readonly expires_at?: number | null;
  readonly limit_per_minute?: number | null;
}

/** Options of {@link createKey}. */
export interface NewKey extends KeyLimits {
  readonly accountId: number;
  readonly label: string;
}

/**
 * Creates a key for an account. The key cannot be read again, because only its hash is stored.
 *
 * @throws Error if the account does not exist.
 */
export async function createKey(
  database: Database,
  { fingerprint, texts }: Secret,
  { accountId, label, expires_at = null, limit_per_minute = null }: NewKey,
): Promise<{ key: string; id: string }> {
  return runInTransaction(database, async (db) => {
    await checkAccount(db, accountId);
    const text = texts[fingerprint];
    if (text === undefined) throw new Error('The secret of new keys is missing.');
    const { key, id } = generateKey();
    await db
      .insertInto('api_keys')
      .values({
        id,
        account_id: accountId,
        label,
        hash: hashKey(key, text),
        created_at: Date.now(),
        last_used_at: null,
        revoked_at: null,
        expires_at,
        limit_per_minute,
        secret_fingerprint: fingerprint,
      })
      .execute();
    await recordChange(db, {
      command: 'key create',
      accountId,
      subject: id,
      details: { expires_at, limit_per_minute },
    });
    return { key, id };
  });
}

/** Returns the keys of one account or of all accounts, oldest first, including revoked keys. */
export async function listKeys({ query }: Database, accountId?: number): Promise<ListedKey[]> {
  return query
    .selectFrom('api_keys')
    .select([...LISTED_COLUMNS])
    .$if(accountId !== undefined, (all) => all.where('account_id', '=', accountId as number))
    .orderBy('account_id')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/**
 * Revokes a key by its ID. A running server rejects the key at once.
 *
 * @throws Error if the key does not exist.
 */
export async function revokeKey(database: Database, id: string): Promise<void> {
  await runInTransaction(database, async (db) => {
    const revoked = await db
      .updateTable('api_keys')
      .set({ revoked_at: Date.now() })
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('account_id')
      .executeTakeFirst();
    if (revoked) return recordChange(db, { command: 'key revoke', accountId: revoked.account_id, subject: id });
    const known = await db.selectFrom('api_keys').select('id').where('id', '=', id).executeTakeFirst();
    if (!known) throw new Error('No key has this ID. List the keys with: key list');
    return undefined;
  });
}

/**
 * Changes the limits or the label of a key. A running server uses the limits at once.
 *
 * @throws Error if the key does not exist, or if it is revoked and the limits change.
 */
export async function updateKey(
  database: Database,
  id: string,
  { label, ...limits }: KeyLimits & { readonly label?: string },
): Promise<void> {
  await runInTransaction(database, async (db) => {
    const changesLimits = Object.keys(limits).length > 0;
    let update = db
      .updateTable('api_keys')
      .set({ ...limits, ...(label !== undefined && { label }) })
      .where('id', '=', id);
    if (changesLimits) update = update.where('revoked_at', 'is', null);
    const updated = await update.returning('account_id').executeTakeFirst();
    if (!updated) throw new Error(`No ${changesLimits ? 'active ' : ''}key has this ID. List the keys with: key list`);
    await recordChange(db, {
      command: 'key update',
      accountId: updated.account_id,
      subject: id,
      details: { ...limits, ...(label !== undefined && { hasNewLabel: true }) },
    });
  });
}
