import type { ResponseHead } from './fetch.ts';
import type { OperationSender } from './operation.ts';
import type { CallOptions } from './options.ts';
import type { Customer, operations, paths } from './types.ts';

type CustomerIdentifier = operations['retrieveCustomer']['parameters']['path']['customer'];

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
   * @param identifier - The customer's Stripe ID, FirstOfficer ID, extra ID or email address. The client
   * percent-encodes it.
   * @param options - The time limit, retries and signal of this call.
   * @returns The customer.
   * @throws FirstOfficerError - `not_found` if no customer has the identifier, `unauthorized` if the key is wrong,
   * `invalid_argument` if the identifier cannot be part of a URL, or another {@link ErrorCode}.
   * @example
   * const customer = await firstofficer.customers.retrieve('jane+billing@example.com');
   * console.log(customer.current_mrr, customer.currency); // 49800 'eur'
   */
  (identifier: CustomerIdentifier, options?: CallOptions): Promise<Customer>;

  /**
   * Retrieves a customer together with the status and headers of the response.
   *
   * @example
   * const { data, response } = await firstofficer.customers.retrieve.withResponse('cus_1234ABCD');
   * console.log(data.current_mrr, response.headers.get('Date'));
   */
  withResponse(identifier: CustomerIdentifier, options?: CallOptions): Promise<CustomerWithResponse>;
}

/**
 * A customer, and the status and headers of the response that contained it.
 *
 * @example
 * const age = ({ response }: CustomerWithResponse) => response.headers.get('Age');
 */
export interface CustomerWithResponse {
  /** The customer. */
  readonly data: Customer;
  /** The response that `fetch` returned. Its body has already been read. */
  readonly response: ResponseHead;
}

/**
 * The operations on customers.
 *
 * @example
 * const { customers } = createClient({ token: process.env.FIRSTOFFICER_TOKEN ?? '' });
 */
export interface Customers {
  /** Retrieves a customer. */
  readonly retrieve: RetrieveCustomer;
}

export function createCustomers(sendOperation: OperationSender): Customers {
  const withResponse = (customer: CustomerIdentifier, options?: CallOptions) =>
    sendOperation({
      ...options,
      method: 'GET',
      path: '/v2/customers/{customer}' satisfies keyof paths,
      params: { path: { customer } },
      object: 'customer' satisfies Customer['object'],
      // With `object`, every result has data. The client checks its other members only with `validate`.
    }) as Promise<CustomerWithResponse>;

  const retrieve = async (identifier: CustomerIdentifier, options?: CallOptions) =>
    (await withResponse(identifier, options)).data;

  return { retrieve: Object.assign(retrieve, { withResponse }) };
}
