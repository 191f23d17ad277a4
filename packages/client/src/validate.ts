import { createValidate } from './create-validate.ts';
import type { operations } from './generated/openapi.ts';
import { validators } from './generated/validators.ts';
import type { Validate } from './options.ts';

/**
 * Checks a response against the API's OpenAPI description. If you pass this function to `createClient`, every call
 * rejects with `invalid_response` if the body of a success is invalid.
 *
 * @param operation - The `operationId` of the operation.
 * @param status - The HTTP status of the response.
 * @param body - The parsed body.
 * @returns The violations: the member and the rule of each, without values. Empty if the response is valid.
 * @example
 * const firstofficer = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '', validate });
 * @example
 * validate('retrieveCustomer', 200, []); // ['body must be object']
 */
export const validate: Validate<keyof operations, readonly string[]> = createValidate(validators);
