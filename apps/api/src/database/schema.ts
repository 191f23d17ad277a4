import type { Generated, Selectable } from 'kysely';

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

/** A snapshot of one customer's metrics, and what the customer is found by. */
interface CustomersTable {
  readonly account_id: number;
  readonly id: number;
  readonly stripe_id: string;
  readonly extra_id: string | null;
  /** Found by, never shown. */
  readonly email: string | null;
  readonly total_contract_value: number;
  readonly current_mrr: number;
  readonly current_subscription_count: number;
  readonly currency: string;
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

export type CustomerRow = Selectable<CustomersTable>;
export type ApiKeyRow = Selectable<ApiKeysTable>;
export type AccountRow = Selectable<AccountsTable>;
