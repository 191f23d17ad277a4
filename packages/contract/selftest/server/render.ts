import type { Customer, StoredCustomer } from '../../src/customers/stored-customer.ts';
import { type ErrorBody, errorExample } from './description.ts';
import type { Answer } from './steps.ts';

/** Returns the response body of a customer, which has no email address. */
export function render({ email: _, ...shown }: StoredCustomer): Customer {
  return shown;
}

const DOCUMENTED = [400, 401, 404, 503];

/** Returns the body of an error, from the description's example if it has one. */
export function explain(status: number): ErrorBody {
  if (DOCUMENTED.includes(status)) return errorExample(status);
  const message = status === 405 ? 'This method is not allowed here.' : 'This request cannot be read.';
  return { error: { type: 'invalid_request_error', message } };
}

/** Returns a complete error answer, for servers that wrongly reject a request. */
export function refusal(status: number, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body: explain(status) };
}
