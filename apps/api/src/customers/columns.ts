interface Column {
  readonly type: 'integer' | 'text';
  readonly isNullable?: true;
  /** Whether the API leaves the column out of its responses. */
  readonly isHidden?: true;
}

/**
 * The columns of a customer besides `account_id`. Queries, imports and the staging table are derived from this list;
 * only the migrations repeat it, because a released migration never changes.
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
} as const satisfies Readonly<Record<string, Column>>;

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
export type IntegerColumn = {
  [Name in CustomerColumn]: Columns[Name] extends { type: 'integer' } ? Name : never;
}[CustomerColumn];

const entries: readonly (readonly [string, Column])[] = Object.entries(COLUMNS);
const namesOf = (condition: (column: Column) => boolean) =>
  entries.filter(([, column]) => condition(column)).map(([name]) => name);

// The conditions below are those of the types.
export const CUSTOMER_COLUMNS = namesOf(() => true) as readonly CustomerColumn[];
/** The columns that the API shows. */
export const VISIBLE_COLUMNS = namesOf(({ isHidden }) => !isHidden) as readonly VisibleColumn[];
export const INTEGER_COLUMNS = namesOf(({ type }) => type === 'integer') as readonly IntegerColumn[];

/** The columns by which a customer is found, in the order in which they are searched. */
export const IDENTIFIER_COLUMNS = ['stripe_id', 'id', 'extra_id', 'email'] as const satisfies readonly CustomerColumn[];

export function isNullable(name: CustomerColumn): boolean {
  const column: Column = COLUMNS[name];
  return column.isNullable === true;
}
