import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect } from './database.ts';

/** The types of the columns of {@link buildJsonRows}. */
export type JsonColumns = Readonly<Record<string, 'integer' | 'text'>>;

/**
 * Returns a table expression of rows that are one parameter of the statement. So the text of the statement does not depend
 * on the number of rows, and the database prepares it once.
 *
 * @param rows - Their texts must be well-formed and contain no NUL.
 * @example
 * const rows = buildJsonRows(dialect, hints, { id: 'text', version: 'integer' });
 * await sql`insert into seen (id, version) select id, version from ${rows} as row`.execute(db);
 */
export function buildJsonRows<Columns extends JsonColumns>(
  dialect: Dialect,
  rows: readonly { readonly [Name in keyof Columns]: string | number | null }[],
  columns: Columns,
): RawBuilder<unknown> {
  const names = Object.keys(columns);
  // Arrays are shorter than objects with the same names in each row.
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name])));
  const values = names.map((name, index) => {
    const column = sql.ref(name);
    if (dialect === 'sqlite') return sql`value ->> ${sql.lit(index)} as ${column}`;
    return sql`(value ->> ${sql.lit(index)})::${sql.raw(columns[name] === 'integer' ? 'bigint' : 'text')} as ${column}`;
  });
  const source =
    dialect === 'sqlite' ? sql`json_each(${json})` : sql`json_array_elements(${json}::json) as source (value)`;
  return sql`(select ${sql.join(values)} from ${source})`;
}

/** Returns a condition that is true for rows whose text column has one of the values. It uses the index of the column. */
export function isOneOf(dialect: Dialect, column: string, values: readonly string[]): RawBuilder<SqlBool> {
  const text = sql.ref(column);
  if (dialect === 'sqlite') return sql`${text} in (select value from json_each(${JSON.stringify(values)}))`;
  // Arrays, because PostgreSQL plans them as an index scan for each value, whatever it knows about the table.
  const list = sql`${values}::text[]`;
  return sql`(md5(${text}) = any(array(select md5(value) from unnest(${list}) as list (value))) and ${text} = any(${list}))`;
}
