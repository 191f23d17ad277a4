import type { Customer, StoredCustomer } from '../../src/customers/stored-customer.ts';
import type { Answer } from './answer.ts';
import { type ErrorBody, errorExample } from './description.ts';

/** Shows a customer: all but its e-mail address. */
export function render({ email: _, ...shown }: StoredCustomer): Customer {
  return shown;
}

const DOCUMENTED = [400, 401, 404, 503];

/** Explains an error in the words of the description, as far as it has any. */
export function explain(status: number): ErrorBody {
  if (DOCUMENTED.includes(status)) return errorExample(status);
  const message = status === 405 ? 'This method is not allowed here.' : 'This request cannot be read.';
  return { error: { type: 'invalid_request_error', message } };
}

/** The whole of an error, for those who refuse what they should not. */
export function refusal(status: number, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body: explain(status) };
}
