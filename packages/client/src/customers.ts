import type { Client } from 'openapi-fetch';
import { errorFromResponse, FirstOfficerError } from './error.ts';
import type { operations, paths } from './generated/openapi.ts';

type Retrieve = operations['retrieveCustomer'];

/**
 * A snapshot of one customer's metrics. Amounts are integers in the smallest unit of `currency`: 629100 is $6,291.00 in
 * `usd` and ¥629,100 in `jpy`.
 *
 * @example
 * const isLost = (customer: Customer) => customer.current_subscription_count === 0;
 */
export type Customer = Retrieve['responses'][200]['content']['application/json'];

/**
 * The calls that concern customers.
 *
 * @example
 * const { customers } = createClient({ token });
 */
export interface Customers {
  /**
   * Retrieves the current snapshot of one customer's metrics.
   *
   * @param identifier - The customer's Stripe ID, FirstOfficer ID, extra ID or e-mail address, as it is: the client
   * percent-encodes it.
   * @returns The customer.
   * @throws FirstOfficerError - `not_found` if no customer has the identifier, `unauthorized` if the key is wrong,
   * `invalid_argument` if no URL can carry the identifier, and the other codes of {@link ErrorCode}.
   * @example
   * const customer = await firstofficer.customers.retrieve('jane+billing@example.com');
   * console.log(customer.current_mrr, customer.currency); // 49800 'eur'
   */
  retrieve(identifier: Retrieve['parameters']['path']['customer']): Promise<Customer>;
}

export function createCustomers(api: Client<paths>): Customers {
  return {
    async retrieve(identifier) {
      assertSendable(identifier);
      const { data, error, response } = await api
        // As text: a body that is no JSON then still comes with its status.
        .GET('/v2/customers/{customer}', { params: { path: { customer: identifier } }, parseAs: 'text' })
        .catch((cause: unknown) => {
          throw new FirstOfficerError('network', 'FirstOfficer could not be reached, or the connection broke.', {
            cause,
          });
        });
      if (!response.ok) throw errorFromResponse(response, error);
      return parseCustomer(data, response.status);
    },
  };
}

/** A URL has no place for these: an empty segment or dots would name another resource, a lone surrogate has no UTF-8. */
function assertSendable(identifier: unknown): void {
  const sendable =
    typeof identifier === 'string' && !['', '.', '..'].includes(identifier) && !/\p{Surrogate}/u.test(identifier);
  if (!sendable) {
    throw new FirstOfficerError(
      'invalid_argument',
      'identifier must be a Stripe ID, FirstOfficer ID, extra ID or e-mail address: a string, not empty, not "." or "..", without lone surrogates.',
    );
  }
}

// Typed by the spec: if the description calls it something else, this does not compile.
const OBJECT: Customer['object'] = 'customer';

function parseCustomer(body: string | undefined, status: number): Customer {
  try {
    const customer: Customer | null = JSON.parse(body ?? '');
    if (customer?.object === OBJECT) return customer;
  } catch {
    // What the parser says of the body helps nobody: the status and the code do.
  }
  throw new FirstOfficerError('invalid_response', 'FirstOfficer sent a body that is not a customer object.', {
    status,
  });
}
