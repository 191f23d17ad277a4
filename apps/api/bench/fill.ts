import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/**
 * Fills an account of an SQLite database with customers 1 to `count`, each with all four identifiers. The database
 * generates the rows itself, because the benchmark does not measure imports.
 */
export function fill(directory: string, accountId: number, count: number): void {
  const sqlite = new Sqlite(join(directory, 'customers.db'));
  sqlite.pragma('synchronous = OFF');
  sqlite
    .prepare(
      `insert into customers
       with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ?)
       select ?, n, printf('cus_%014d', n), 'workspace-' || n, n || '@customers.example', n * 100, n % 100000, 1, 'usd'
       from numbers where true
       on conflict do nothing`,
    )
    .run(count, accountId);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}
