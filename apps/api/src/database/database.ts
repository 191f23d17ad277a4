import type { Compilable, Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** The values of a prepared query, by the names of its slots. */
export type Values = Readonly<Record<string, unknown>>;

/** Runs a prepared query. An embedded database answers at once, without a promise. */
export type Run<Row> = (values: Values) => readonly Row[] | Promise<readonly Row[]>;

/** A connection to a database, or a pool of them. */
export interface Database {
  readonly dialect: Dialect;
  /** For what is asked now and then. */
  readonly query: Kysely<Schema>;
  /**
   * Prepares a query that is asked with every request: its text is built once, and the database plans it once.
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

/** Stands for a value in a query that is to be prepared. */
export function parameter<T>(name: string): T {
  return new Parameter(name) as T;
}

/** Puts values in the places of a compiled query's slots. */
export function bindParameters(parameters: readonly unknown[], values: Values): unknown[] {
  return parameters.map((parameter) => (parameter instanceof Parameter ? values[parameter.name] : parameter));
}
