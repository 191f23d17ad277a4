import { createValidate } from './create-validate.ts';
import { validators } from './generated/validators.ts';
import type { Validate } from './options.ts';

/**
 * Checks a response against the API's OpenAPI description. Pass it to `createClient`, and every call rejects invalid
 * responses with `invalid_response`.
 *
 * @param operation - The `operationId` of the operation.
 * @param status - The HTTP status of the response.
 * @param body - The parsed body.
 * @returns The violations: the member and the rule of each, without values. Empty if the response is valid.
 * @example
 * const firstofficer = createClient({ token, validate });
 * @example
 * const violations = validate('retrieveCustomer', 200, JSON.parse(text)); // ['/current_mrr must be integer']
 */
export const validate: Validate = createValidate(validators);
