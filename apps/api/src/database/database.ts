import type { Compilable, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** The values of a prepared query, by the names of its parameters. */
export type Values = Readonly<Record<string, unknown>>;

/** Runs a prepared query. Returns rows without a promise if the database is embedded. */
export type Run<Row> = (values: Values) => readonly Row[] | Promise<readonly Row[]>;

/** A connection to a database, or a pool of them. */
export interface Database {
  readonly dialect: Dialect;
  /** The query builder, for queries that are not prepared. */
  readonly query: Kysely<Schema>;
  /**
   * Prepares a query that runs with every request. Its SQL is built once, and the database plans it once.
   *
   * @returns A function that throws {@link DatabaseError} if the database cannot answer.
   */
  prepare<Row>(query: Compilable<Row>): Run<Row>;
  /** Closes all connections. */
  close(): Promise<void>;
}

export type Dialect = 'sqlite' | 'postgres';

class Parameter {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Returns a placeholder for a value of a prepared query. The value is given when the query runs. */
export function parameter<T>(name: string): T {
  // Kysely passes the placeholder on as it is. bindParameters replaces it by a value of the type T.
  return new Parameter(name) as T;
}

/** Replaces the placeholders in the parameters of a compiled query by values. */
export function bindParameters(parameters: readonly unknown[], values: Values): unknown[] {
  return parameters.map((value) => (value instanceof Parameter ? values[value.name] : value));
}
