import { createHmac, timingSafeEqual } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { readSettings } from './settings.ts';

// The key check and the customer look-ups that the compared servers share. They are written as an application would
// write them: on SQLite one query per kind of identifier, on PostgreSQL one query with one round trip.

/** A customer in the form of the API's responses. */
interface Customer {
  readonly object: 'customer';
  readonly id: number;
  readonly stripe_id: string;
  readonly extra_id: string | null;
  readonly total_contract_value: number;
  readonly current_mrr: number;
  readonly current_subscription_count: number;
  readonly currency: string;
}

/** The data that the compared servers read. SQLite answers without a promise. */
export interface LookUp {
  /** Returns the account that owns the key of an Authorization header, or undefined if the key is not valid. */
  authenticate(authorization: string | undefined): number | undefined | Promise<number | undefined>;
  /** Returns a customer by one of the four identifiers, or undefined if the account has no such customer. */
  findCustomer(account: number, identifier: string): Customer | undefined | Promise<Customer | undefined>;
}

interface KeyRow {
  readonly account_id: number;
  readonly hash: Buffer;
}

/** Opens the database that the benchmark chose. */
export function openLookUp(): LookUp {
  const { database, secret } = readSettings();
  return 'file' in database ? openSqlite(database.file, secret) : openPostgres(database.url, secret);
}

const COLUMNS = 'id, stripe_id, extra_id, total_contract_value, current_mrr, current_subscription_count, currency';
const KEY_COLUMNS = 'account_id, hash';

function openSqlite(file: string, secret: string): LookUp {
  const sqlite = new Sqlite(file, { readonly: true });
  const findKey = sqlite.prepare<[string], KeyRow>(
    `select ${KEY_COLUMNS} from api_keys where id = ? and revoked_at is null`,
  );
  // Without `indexed by`, SQLite scans the customers of the account in the order of their IDs. Without the casts, it plans
  // a query again for each new value, which takes longer than the look-up.
  const prepare = (column: string, type: string, index = '') =>
    sqlite.prepare<[number, string | number], Omit<Customer, 'object'>>(
      `select ${COLUMNS} from customers ${index} where account_id = cast(? as integer) and ${column} = cast(? as ${type}) order by id limit 1`,
    );
  const byStripeId = prepare('stripe_id', 'text', 'indexed by customers_stripe_id');
  const byId = prepare('id', 'integer');
  const byExtraId = prepare('extra_id', 'text', 'indexed by customers_extra_id');
  const byEmail = prepare('email', 'text', 'indexed by customers_email');
  return {
    authenticate(authorization) {
      const key = readKey(authorization);
      return key === undefined ? undefined : checkKey(key, secret, findKey.get(getKeyId(key)));
    },
    findCustomer(account, identifier) {
      const row =
        byStripeId.get(account, identifier) ??
        (isId(identifier) ? byId.get(account, Number(identifier)) : undefined) ??
        byExtraId.get(account, identifier) ??
        byEmail.get(account, identifier);
      return row && { object: 'customer', ...row };
    },
  };
}

function openPostgres(url: string, secret: string): LookUp {
  // Without this, the driver returns 64-bit integers as text.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  const findKey = {
    name: 'key',
    text: `select ${KEY_COLUMNS} from api_keys where id = $1 and revoked_at is null`,
  };
  const findBy = (column: string) =>
    `(select id from customers where account_id = $1 and md5(${column}) = md5($2) and ${column} = $2 order by id limit 1)`;
  const findCustomer = {
    name: 'customer',
    text: `select ${COLUMNS} from customers where account_id = $1 and id = coalesce(${findBy('stripe_id')},
      (select id from customers where account_id = $1 and id = $3), ${findBy('extra_id')}, ${findBy('email')})`,
  };
  return {
    async authenticate(authorization) {
      const key = readKey(authorization);
      if (key === undefined) return undefined;
      const { rows } = await pool.query<KeyRow>({ ...findKey, values: [getKeyId(key)] });
      return checkKey(key, secret, rows[0]);
    },
    async findCustomer(account, identifier) {
      const values = [account, identifier, isId(identifier) ? Number(identifier) : null];
      const { rows } = await pool.query<Omit<Customer, 'object'>>({ ...findCustomer, values });
      return rows[0] && { object: 'customer', ...rows[0] };
    },
  };
}

/** Returns the user name of HTTP Basic, which is the key. */
function readKey(authorization = ''): string | undefined {
  if (!authorization.startsWith('Basic ')) return undefined;
  return Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':', 1)[0];
}

/** Returns the part of a key such as `fo_<10 characters><secret>` that identifies it. */
function getKeyId(key: string): string {
  return key.slice(3, 13);
}

function checkKey(key: string, secret: string, row: KeyRow | undefined): number | undefined {
  const hash = createHmac('sha256', secret).update(key).digest();
  return row && timingSafeEqual(row.hash, hash) ? row.account_id : undefined;
}

function isId(identifier: string): boolean {
  return /^[1-9]\d{0,15}$/.test(identifier);
}
