/**
 * A customer in a response of the API.
 *
 * @example
 * const { currency }: Customer = demandingCustomers[0];
 */
export interface Customer {
  readonly object: 'customer';
  readonly id: number;
  readonly stripe_id: string;
  readonly extra_id: string | null;
  readonly total_contract_value: number;
  readonly current_mrr: number;
  readonly current_subscription_count: number;
  readonly currency: string;
}

/**
 * A customer as a server stores it. The email address is an identifier, but is not in responses.
 *
 * @example
 * const [customer]: readonly StoredCustomer[] = demandingCustomers;
 */
export interface StoredCustomer extends Customer {
  readonly email: string | null;
}
