import type { Generated, Selectable } from 'kysely';
import type { CustomerValues } from '../customers/columns.ts';

/** A company, which has keys and customers of its own. */
interface AccountsTable {
  readonly id: Generated<number>;
  readonly name: string;
  readonly created_at: number;
}

/** An API key. The key itself is not stored. */
interface ApiKeysTable {
  /** The part of the key by which it is found and named. */
  readonly id: string;
  readonly account_id: number;
  readonly label: string;
  /** HMAC-SHA-256 of the whole key by the server's secret. */
  readonly hash: Buffer;
  readonly created_at: number;
  readonly last_used_at: number | null;
  readonly revoked_at: number | null;
}

/** The metrics and identifiers of one customer. */
interface CustomersTable extends CustomerValues {
  readonly account_id: number;
}

/** Customers of an import that is under way, with the line each came from. Exists on the importing connection only. */
interface StagedCustomersTable extends CustomersTable {
  readonly line: number;
}

/** What the database knows of itself. */
interface SettingsTable {
  readonly name: string;
  readonly value: string;
}

/** All tables. Times are milliseconds since 1970. */
export interface Schema {
  readonly accounts: AccountsTable;
  readonly api_keys: ApiKeysTable;
  readonly customers: CustomersTable;
  readonly staged_customers: StagedCustomersTable;
  readonly settings: SettingsTable;
}

export type ApiKeyRow = Selectable<ApiKeysTable>;
export type AccountRow = Selectable<AccountsTable>;
