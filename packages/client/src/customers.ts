import type { operations } from './generated/openapi.ts';
import { parseJson } from './json.ts';
import type { CallOptions, Validate } from './options.ts';
import type { Redact } from './redaction.ts';
import type { SendOperation } from './request.ts';
import { invalidResponse } from './response-error.ts';

type Retrieve = operations['retrieveCustomer'];
type Identifier = Retrieve['parameters']['path']['customer'];

/**
 * A snapshot of one customer's metrics. Amounts are integers in the smallest unit of `currency`: 629100 is $6,291.00 in
 * `usd` and ¥629,100 in `jpy`.
 *
 * @example
 * const isLost = (customer: Customer) => customer.current_subscription_count === 0;
 */
export type Customer = Retrieve['responses'][200]['content']['application/json'];

/**
 * Retrieves a customer.
 *
 * @example
 * const monthly = async (retrieve: RetrieveCustomer) => (await retrieve('cus_1234ABCD')).current_mrr;
 */
export interface RetrieveCustomer {
  /**
   * Retrieves the current snapshot of one customer's metrics.
   *
   * @param identifier - The customer's Stripe ID, FirstOfficer ID, extra ID or e-mail address, as it is: the client
   * percent-encodes it.
   * @param options - What this call has of its own: time limit, retries, signal.
   * @returns The customer.
   * @throws FirstOfficerError - `not_found` if no customer has the identifier, `unauthorized` if the key is wrong,
   * `invalid_argument` if no URL can carry the identifier, and the other codes of {@link ErrorCode}.
   * @example
   * const customer = await firstofficer.customers.retrieve('jane+billing@example.com');
   * console.log(customer.current_mrr, customer.currency); // 49800 'eur'
   */
  (identifier: Identifier, options?: CallOptions): Promise<Customer>;

  /**
   * The same, with the response that the customer came in: for its status and headers. Its body has been read.
   *
   * @example
   * const { data, response } = await firstofficer.customers.retrieve.withResponse('cus_1234ABCD');
   * console.log(data.current_mrr, response.headers.get('Date'));
   */
  withResponse(identifier: Identifier, options?: CallOptions): Promise<CustomerWithResponse>;
}

/**
 * A customer, and the response it came in.
 *
 * @example
 * const age = ({ response }: CustomerWithResponse) => response.headers.get('Age');
 */
export interface CustomerWithResponse {
  /** The customer. */
  readonly data: Customer;
  /** The response, its body read. */
  readonly response: Response;
}

/**
 * The calls that concern customers.
 *
 * @example
 * const { customers } = createClient({ token });
 */
export interface Customers {
  /** Retrieves a customer. */
  readonly retrieve: RetrieveCustomer;
}

// Typed by the spec: if the description calls it something else, this does not compile.
const OBJECT: Customer['object'] = 'customer';

export function createCustomers(sendOperation: SendOperation, redact: Redact, validate?: Validate): Customers {
  async function call<T>(
    customer: Identifier,
    options: CallOptions | undefined,
    result: (data: Customer, response: Response) => T,
  ): Promise<T> {
    const {
      response,
      body = '',
      error,
    } = await sendOperation('GET', '/v2/customers/{customer}', {
      ...options,
      params: { path: { customer } },
    });
    if (!response || error) throw error;
    const data = parseJson(body) as Customer | null | undefined;
    if (data?.object !== OBJECT) throw invalidResponse(response, redact, body, ['not a customer']);
    const departures = validate?.('retrieveCustomer', response.status, data);
    if (departures?.length) throw invalidResponse(response, redact, body, departures);
    return result(data, response);
  }

  return {
    retrieve: Object.assign(
      (identifier: Identifier, options?: CallOptions) => call(identifier, options, (data) => data),
      {
        withResponse: (identifier: Identifier, options?: CallOptions) =>
          call(identifier, options, (data, response) => ({ data, response })),
      },
    ),
  };
}
