import { validators } from './generated/validators.ts';
import type { Validate } from './options.ts';

type Validator = ((body: unknown) => boolean) & {
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
};

const validatorsByOperation: Record<string, Record<number, Validator | undefined>> = validators;

/**
 * Checks a response against the API's OpenAPI description. If it is passed to `createClient`, `retrieve` rejects
 * invalid responses with `invalid_response`.
 *
 * @param operation - The `operationId` of the operation.
 * @param status - The HTTP status of the response.
 * @param body - The parsed body.
 * @returns The violations: the member and the rule of each, without values. Empty if the response is valid.
 * @example
 * const firstofficer = createClient({ token, validate });
 * @example
 * const { data, error, response } = await firstofficer.api.GET('/v2/customers/{customer}', { params });
 * const violations = validate('retrieveCustomer', response.status, data ?? error); // ['/current_mrr must be integer']
 */
export const validate: Validate = (operation, status, body) => {
  const statuses = validatorsByOperation[operation] ?? {};
  if (!Object.hasOwn(statuses, status)) return [`status ${status} is not documented`];
  const validator = statuses[status];
  if (!validator || validator(body)) return [];
  return (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath || 'body'} ${message}`);
};
