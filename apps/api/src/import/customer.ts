import type { JsonSchema, Operation } from '@firstofficer/openapi';
import type { CustomerRow } from '../database/schema.ts';
import { apiDescription } from '../description.ts';
import { compileSchema } from '../server/schemas.ts';

/** A customer as it is imported: what the API shows, and the e-mail address. */
export type ImportedCustomer = Omit<CustomerRow, 'account_id'>;

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
  read(source: unknown): ImportedCustomer;
  /** The names of the members whose values are integers. */
  readonly integers: readonly string[];
}

const IDENTIFIERS = ['stripe_id', 'extra_id', 'email'] as const;

/** Makes the reader from the description: a customer that it does not allow could never be shown. */
export async function customerReader(): Promise<CustomerReader> {
  const { operations } = await apiDescription();
  const retrieve = operations.find(({ id }) => id === 'retrieveCustomer');
  if (!retrieve) throw new Error('The description has no operation retrieveCustomer.');
  const customer = customerSchema(retrieve);
  const [parameter] = retrieve.parameters;
  const validateCustomer = compileSchema(customer);
  const validateIdentifier = compileSchema(parameter?.schema ?? {});
  const members = customer.properties as Readonly<Record<string, JsonSchema>>;
  const known = [...Object.keys(members), 'email'];

  return {
    integers: Object.keys(members).filter((name) => members[name]?.type === 'integer'),
    read(source) {
      if (typeof source !== 'object' || source === null || Array.isArray(source))
        throw new UnfitError('is no JSON object');
      const unknown = Object.keys(source).find((name) => !known.includes(name));
      if (unknown !== undefined) throw new UnfitError(`has an unknown member ${JSON.stringify(unknown)}`);
      const given = source as Partial<ImportedCustomer>;
      const shown: Record<string, unknown> = { object: 'customer', extra_id: null, ...given };
      delete shown.email;
      if (!validateCustomer(shown)) throw new UnfitError(explain(validateCustomer.errors?.[0]));
      const row = { ...(shown as unknown as ImportedCustomer), email: given.email ?? null };
      for (const name of IDENTIFIERS) {
        const value = row[name];
        if (value === null) continue;
        if (!validateIdentifier(value)) throw new UnfitError(`${name} ${validateIdentifier.errors?.[0]?.message}`);
        // Neither can be sent in a path and stored in every database.
        if (!value.isWellFormed() || value.includes('\0'))
          throw new UnfitError(`${name} must be valid Unicode without NUL`);
      }
      if (row.current_subscription_count === 0 && row.current_mrr !== 0) {
        throw new UnfitError('current_mrr must be 0 if current_subscription_count is 0');
      }
      const {
        id,
        stripe_id,
        extra_id,
        email,
        total_contract_value,
        current_mrr,
        current_subscription_count,
        currency,
      } = row;
      return {
        id,
        stripe_id,
        extra_id,
        email,
        total_contract_value,
        current_mrr,
        current_subscription_count,
        currency,
      };
    },
  };
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
