import type { Customer } from '@firstofficer/client/types';

/** The members of a customer in responses of the API, except for its type. */
type Members = Omit<Customer, 'object'>;

interface Column {
  readonly type: 'integer' | 'text';
  readonly isNullable?: true;
  /** Whether responses omit the column. */
  readonly isHidden?: true;
}

/** The column that stores a member of the type `Value`. */
interface ColumnOf<Value> {
  readonly type: NonNullable<Value> extends number ? 'integer' : 'text';
  readonly isNullable?: null extends Value ? true : never;
  readonly isHidden?: never;
}

/**
 * The columns of a customer besides `account_id`. Queries, imports and the staging table are derived from this list;
 * only the migrations repeat it, because a released migration never changes. The compiler checks that the list has all
 * members of a customer in the description, with their types.
 */
const COLUMNS = {
  id: { type: 'integer' },
  stripe_id: { type: 'text' },
  extra_id: { type: 'text', isNullable: true },
  email: { type: 'text', isNullable: true, isHidden: true },
  total_contract_value: { type: 'integer' },
  current_mrr: { type: 'integer' },
  current_subscription_count: { type: 'integer' },
  currency: { type: 'text' },
} as const satisfies Readonly<Record<string, Column>> & { readonly [Name in keyof Members]: ColumnOf<Members[Name]> };

type Columns = typeof COLUMNS;
type Value<C extends Column> =
  | (C['type'] extends 'integer' ? number : string)
  | (C extends { readonly isNullable: true } ? null : never);

/** The values of a customer's columns. */
export type CustomerValues = { readonly [Name in keyof Columns]: Value<Columns[Name]> };

export type CustomerColumn = keyof Columns;
export type VisibleColumn = {
  [Name in CustomerColumn]: Columns[Name] extends { isHidden: true } ? never : Name;
}[CustomerColumn];

/** Returns the type of a column, and whether it is nullable and hidden. */
export function describeColumn(name: CustomerColumn): Column {
  return COLUMNS[name];
}

export const CUSTOMER_COLUMNS = Object.keys(COLUMNS) as readonly CustomerColumn[];
/** The columns that a line of an import may omit. */
export const NULLABLE_COLUMNS = CUSTOMER_COLUMNS.filter((name) => describeColumn(name).isNullable);
/** The columns in responses. The compiler checks that all of them are members of a customer. */
export const VISIBLE_COLUMNS: readonly (VisibleColumn & keyof Members)[] = CUSTOMER_COLUMNS.filter(
  (name): name is VisibleColumn => !describeColumn(name).isHidden,
);

/** The columns by which a customer is found, in the order in which they are searched. */
export const IDENTIFIER_COLUMNS = ['stripe_id', 'id', 'extra_id', 'email'] as const satisfies readonly CustomerColumn[];
