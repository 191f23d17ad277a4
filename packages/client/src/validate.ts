import { validators } from './generated/validators.ts';
import type { Validate } from './options.ts';

type Validator = ((body: unknown) => boolean) & {
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
};

const byOperation: Record<string, Record<number, Validator | undefined>> = validators;

/**
 * Says how a response departs from the API's description; nothing if it does not. As an option of `createClient` it
 * makes `retrieve` reject such a response with `invalid_response`. What it says names members and rules, no values.
 *
 * @param operation - The operation, by its `operationId`.
 * @param status - The HTTP status of the response.
 * @param body - The parsed body.
 * @example
 * const firstofficer = createClient({ token, validate });
 * @example
 * const { data, error, response } = await firstofficer.api.GET('/v2/customers/{customer}', { params });
 * const departures = validate('retrieveCustomer', response.status, data ?? error); // ['/current_mrr must be integer']
 */
export const validate: Validate = (operation, status, body) => {
  const statuses = byOperation[operation] ?? {};
  if (!Object.hasOwn(statuses, status)) return [`status ${status} is not in the description`];
  const validator = statuses[status];
  if (!validator || validator(body)) return [];
  return (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`);
};
