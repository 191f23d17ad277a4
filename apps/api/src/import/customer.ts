import type { JsonSchema, Operation } from '@firstofficer/openapi';
import {
  CUSTOMER_COLUMNS,
  type CustomerColumn,
  type CustomerValues,
  describeColumn,
  IDENTIFIER_COLUMNS,
  NULLABLE_COLUMNS,
} from '../customers/columns.ts';
import { createSchemaCompiler, loadApiDescription } from '../description.ts';
import type { ColumnTypes } from './read-csv.ts';
import { quoteName } from './read-records.ts';

/** A customer that cannot be imported. The message names the property and says what is wrong. */
export class InvalidCustomerError extends Error {
  override readonly name = 'InvalidCustomerError';
}

/** A customer of an import. */
export interface ParsedCustomer {
  /** The values of all columns. Omitted columns are null. */
  readonly values: CustomerValues;
  /** Which nullable columns the line contains, as the sum of their bits: see {@link getBit}. */
  readonly given: number;
}

/** Returns the bit of a nullable column in {@link ParsedCustomer.given}. */
export function getBit(name: CustomerColumn): number {
  return 1 << NULLABLE_COLUMNS.indexOf(name);
}

/** Parses and validates a customer. Throws an InvalidCustomerError that names the first invalid property. */
export type CustomerParser = (source: unknown) => ParsedCustomer;

/** The properties that a customer of an import may have, and their types. */
export const PROPERTIES: ColumnTypes = {
  ...Object.fromEntries(CUSTOMER_COLUMNS.map((name) => [name, describeColumn(name).type])),
  object: 'text',
};
const HIDDEN_COLUMNS = CUSTOMER_COLUMNS.filter((name) => describeColumn(name).isHidden);
/** The values of columns that a customer may omit. */
const NULLS = Object.fromEntries(NULLABLE_COLUMNS.map((name) => [name, null]));

/** Returns the schema of the columns that the description does not contain. */
function buildHiddenSchema(): JsonSchema {
  const properties = HIDDEN_COLUMNS.map((name) => {
    const { type, isNullable } = describeColumn(name);
    const jsonType = type === 'integer' ? 'integer' : 'string';
    return [name, { type: isNullable ? [jsonType, 'null'] : jsonType }];
  });
  return { type: 'object', properties: Object.fromEntries(properties), required: HIDDEN_COLUMNS };
}

/** Creates a parser that rejects customers that the description does not allow, because the API could not return them. */
export async function createCustomerParser(): Promise<CustomerParser> {
  const { operations } = await loadApiDescription();
  const retrieve = operations.find(({ id }) => id === 'retrieveCustomer');
  if (!retrieve) throw new Error('The description has no operation retrieveCustomer.');
  const customer = findCustomerSchema(retrieve);
  const [parameter] = retrieve.parameters;
  const compileSchema = createSchemaCompiler();
  const validateCustomer = compileSchema(customer);
  const validateHidden = compileSchema(buildHiddenSchema());
  const validateIdentifier = compileSchema(parameter?.schema ?? {});
  return (source) => {
    if (typeof source !== 'object' || source === null || Array.isArray(source))
      throw new InvalidCustomerError('is not a JSON object');
    const unknown = Object.keys(source).find((name) => !Object.hasOwn(PROPERTIES, name));
    if (unknown !== undefined) throw new InvalidCustomerError(`has an unknown property ${quoteName(unknown)}`);
    const given: Readonly<Record<string, unknown>> = { object: 'customer', ...NULLS, ...source };
    const shown = { ...given };
    for (const name of HIDDEN_COLUMNS) delete shown[name];
    if (!validateCustomer(shown)) throw new InvalidCustomerError(describeError(validateCustomer.errors?.[0]));
    if (!validateHidden(given)) throw new InvalidCustomerError(describeError(validateHidden.errors?.[0]));
    const row = selectColumns(given);
    for (const name of IDENTIFIER_COLUMNS) {
      const value = row[name];
      if (name === 'id' || value === null) continue;
      if (!validateIdentifier(value))
        throw new InvalidCustomerError(`${name} ${validateIdentifier.errors?.[0]?.message}`);
      const text = String(value);
      // A path cannot contain an unpaired surrogate, and PostgreSQL cannot store NUL.
      if (!text.isWellFormed() || text.includes('\0'))
        throw new InvalidCustomerError(`${name} must be valid Unicode without NUL`);
    }
    if (row.current_subscription_count === 0 && row.current_mrr !== 0) {
      throw new InvalidCustomerError('current_mrr must be 0 if current_subscription_count is 0');
    }
    return { values: row, given: sumGivenBits(source) };
  };
}

function sumGivenBits(source: object): number {
  let sum = 0;
  for (const name of NULLABLE_COLUMNS) if (Object.hasOwn(source, name)) sum |= getBit(name);
  return sum;
}

/** Returns the columns in the same order for every customer, so that all batches use one prepared statement. */
function selectColumns(customer: Readonly<Record<string, unknown>>): CustomerValues {
  const selected = Object.fromEntries(CUSTOMER_COLUMNS.map((name) => [name, customer[name]]));
  // The schemas have proved the type of every column.
  return selected as CustomerValues;
}

function findCustomerSchema({ id, responses }: Operation): JsonSchema {
  const schema = responses['200']?.content?.['application/json']?.schema;
  if (!schema) throw new Error(`The description has no schema for the 200 response of ${id}.`);
  return schema;
}

function describeError(
  error: { instancePath: string; message?: string; params: Record<string, unknown> } | undefined,
): string {
  const missing = error?.params.missingProperty;
  if (typeof missing === 'string') return `${missing} is missing`;
  return `${error?.instancePath.slice(1)} ${error?.message}`;
}
