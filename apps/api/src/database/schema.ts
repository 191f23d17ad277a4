import type { Generated, Selectable } from 'kysely';
import type { CustomerValues } from '../customers/columns.ts';

/** A company with its own keys and customers. */
interface AccountsTable {
  readonly id: Generated<number>;
  readonly name: string;
  readonly created_at: number;
}

/** An API key. The key itself is not stored. */
interface ApiKeysTable {
  /** The part of the key that identifies it. It is not secret. */
  readonly id: string;
  readonly account_id: number;
  readonly label: string;
  /** The HMAC-SHA-256 of the whole key with the server's secret. */
  readonly hash: Buffer;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
}

/** The metrics and identifiers of one customer. */
interface CustomersTable extends CustomerValues {
  readonly account_id: number;
}

/** The customers of a running import and their line numbers. The table exists only on the connection of the import. */
interface StagedCustomersTable extends CustomersTable {
  readonly line: number;
}

/** Settings of the database, such as the fingerprint of the secret. */
interface SettingsTable {
  readonly name: string;
  readonly value: string;
}

/** All tables. Times are in milliseconds since 1970. */
export interface Schema {
  readonly accounts: AccountsTable;
  readonly api_keys: ApiKeysTable;
  readonly customers: CustomersTable;
  readonly staged_customers: StagedCustomersTable;
  readonly settings: SettingsTable;
}

export type ApiKeyRow = Selectable<ApiKeysTable>;
export type AccountRow = Selectable<AccountsTable>;
