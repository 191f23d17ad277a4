import type { operations } from './generated/openapi.ts';

export type { components, operations, paths } from './generated/openapi.ts';

/**
 * A snapshot of one customer's metrics. Amounts are integers in the smallest unit of `currency`: 629100 is $6,291.00 in
 * `usd` and ¥629,100 in `jpy`.
 *
 * @example
 * const isLost = (customer: Customer) => customer.current_subscription_count === 0;
 */
export type Customer = operations['retrieveCustomer']['responses'][200]['content']['application/json'];
