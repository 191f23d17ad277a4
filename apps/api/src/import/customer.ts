import type { JsonSchema, Operation } from '@firstofficer/openapi';
import { CUSTOMER_COLUMNS, type CustomerValues, IDENTIFIER_COLUMNS } from '../customers/columns.ts';
import { apiDescription } from '../description.ts';
import { compileSchema } from '../server/schemas.ts';

/** Why a customer is refused, naming the member. */
export class UnfitError extends Error {
  override readonly name = 'UnfitError';
}

/** Checks what a line says of a customer. */
export interface CustomerReader {
  /**
   * @param source - Members by name, as JSON has them.
   * @throws UnfitError naming the first member that does not fit.
   */
  read(source: unknown): CustomerValues;
}

/** Makes the reader from the description: a customer that it does not allow could never be shown. */
export async function customerReader(): Promise<CustomerReader> {
  const { operations } = await apiDescription();
  const retrieve = operations.find(({ id }) => id === 'retrieveCustomer');
  if (!retrieve) throw new Error('The description has no operation retrieveCustomer.');
  const customer = customerSchema(retrieve);
  const [parameter] = retrieve.parameters;
  const validateCustomer = compileSchema(customer);
  const validateIdentifier = compileSchema(parameter?.schema ?? {});
  const known: readonly string[] = ['object', ...CUSTOMER_COLUMNS];

  return {
    read(source) {
      if (typeof source !== 'object' || source === null || Array.isArray(source))
        throw new UnfitError('is no JSON object');
      const unknown = Object.keys(source).find((name) => !known.includes(name));
      if (unknown !== undefined) throw new UnfitError(`has an unknown member ${JSON.stringify(unknown)}`);
      const given = source as Partial<CustomerValues>;
      const shown: Record<string, unknown> = { object: 'customer', extra_id: null, ...given };
      delete shown.email;
      if (!validateCustomer(shown)) throw new UnfitError(explain(validateCustomer.errors?.[0]));
      // The schema has just proved the members of `shown`; the loop below proves the email address.
      const row = { ...(shown as unknown as CustomerValues), email: given.email ?? null };
      for (const name of IDENTIFIER_COLUMNS) {
        const value = row[name];
        if (name === 'id' || value === null) continue;
        if (!validateIdentifier(value)) throw new UnfitError(`${name} ${validateIdentifier.errors?.[0]?.message}`);
        const text = String(value);
        // A path cannot contain an unpaired surrogate, and PostgreSQL cannot store NUL.
        if (!text.isWellFormed() || text.includes('\0'))
          throw new UnfitError(`${name} must be valid Unicode without NUL`);
      }
      if (row.current_subscription_count === 0 && row.current_mrr !== 0) {
        throw new UnfitError('current_mrr must be 0 if current_subscription_count is 0');
      }
      return selectColumns(row);
    },
  };
}

/** Returns the columns in the same order for every customer, so that all batches use one prepared statement. */
function selectColumns(customer: CustomerValues): CustomerValues {
  // The list has every column of the type.
  return Object.fromEntries(CUSTOMER_COLUMNS.map((name) => [name, customer[name]])) as unknown as CustomerValues;
}

function customerSchema({ id, responses }: Operation): JsonSchema {
  const schema = responses['200']?.content?.['application/json']?.schema;
  if (!schema) throw new Error(`The description has no schema of what ${id} returns.`);
  return schema;
}

function explain(
  error: { instancePath: string; message?: string; params: Record<string, unknown> } | undefined,
): string {
  const missing = error?.params.missingProperty;
  if (typeof missing === 'string') return `${missing} is missing`;
  return `${error?.instancePath.slice(1)} ${error?.message}`;
}
