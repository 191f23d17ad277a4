import type { JsonSchema, Operation } from '@firstofficer/openapi';
import {
  CUSTOMER_COLUMNS,
  type CustomerColumn,
  type CustomerValues,
  IDENTIFIER_COLUMNS,
} from '../customers/columns.ts';
import { loadApiDescription } from '../description.ts';
import { compileSchema } from '../server/schemas.ts';

/** A customer that cannot be imported. The message names the property and says what is wrong. */
export class InvalidCustomerError extends Error {
  override readonly name = 'InvalidCustomerError';
}

/** Parses and validates customers. */
export interface CustomerParser {
  /**
   * Parses a customer.
   *
   * @param source - A JSON object with the properties of a customer.
   * @throws InvalidCustomerError that names the first invalid property.
   */
  parse(source: unknown): CustomerValues;
}

/**
 * Creates a parser that accepts the customers that the description allows. The API could not return any others.
 */
export async function createCustomerParser(): Promise<CustomerParser> {
  const { operations } = await loadApiDescription();
  const retrieve = operations.find(({ id }) => id === 'retrieveCustomer');
  if (!retrieve) throw new Error('The description has no operation retrieveCustomer.');
  const customer = findCustomerSchema(retrieve);
  const [parameter] = retrieve.parameters;
  const validateCustomer = compileSchema(customer);
  const validateIdentifier = compileSchema(parameter?.schema ?? {});
  const known: readonly string[] = ['object', ...CUSTOMER_COLUMNS];

  return {
    parse(source) {
      if (typeof source !== 'object' || source === null || Array.isArray(source))
        throw new InvalidCustomerError('is not a JSON object');
      const unknown = Object.keys(source).find((name) => !known.includes(name));
      if (unknown !== undefined) throw new InvalidCustomerError(`has an unknown property ${JSON.stringify(unknown)}`);
      const given = source as Partial<CustomerValues>;
      const visible: Record<string, unknown> = { object: 'customer', extra_id: null, ...given };
      delete visible.email;
      if (!validateCustomer(visible)) throw new InvalidCustomerError(describeError(validateCustomer.errors?.[0]));
      // The schema has just proved the properties of `visible`; the loop below proves the email address.
      const row = { ...(visible as unknown as CustomerValues), email: given.email ?? null };
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
      return selectColumns(row);
    },
  };
}

/** Returns the columns in the same order for every customer, so that all batches use one prepared statement. */
function selectColumns(customer: CustomerValues): CustomerValues {
  const selected: Partial<Record<CustomerColumn, number | string | null>> = {};
  for (const name of CUSTOMER_COLUMNS) selected[name] = customer[name];
  // The loop has set every column to a value of its type.
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
