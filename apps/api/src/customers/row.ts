import type { Customer } from '@firstofficer/client';
import { DatabaseError } from '../database/errors.ts';
import type { CustomerRow } from '../database/schema.ts';

/** What of a customer is read to be shown. The e-mail address stays where it is. */
export type ShownRow = Omit<CustomerRow, 'account_id' | 'email'>;

/**
 * Shows a customer as the API does.
 *
 * @throws DatabaseError if a figure is no integer that a double holds exactly.
 */
export function toCustomer(row: ShownRow): Customer {
  return {
    object: 'customer',
    id: exact(row.id),
    stripe_id: row.stripe_id,
    extra_id: row.extra_id,
    total_contract_value: exact(row.total_contract_value),
    current_mrr: exact(row.current_mrr),
    current_subscription_count: exact(row.current_subscription_count),
    currency: row.currency,
  };
}

function exact(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new DatabaseError('unavailable', 'The database holds a figure that is no integer up to 2^53−1.');
}
