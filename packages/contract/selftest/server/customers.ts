import { demandingCustomers } from '../../src/customers/demanding-customers.ts';
import type { Customer, StoredCustomer } from '../../src/customers/stored-customer.ts';
import { examples } from './description.ts';

/** The customers of the description's examples. */
export const exampleCustomers: readonly StoredCustomer[] = [
  ...Map.groupBy(
    examples.filter(({ status }) => status === 200),
    ({ body }) => body,
  ),
].map(([body, named]) => {
  const customer = body as unknown as Customer;
  const shown: readonly unknown[] = [customer.stripe_id, String(customer.id), customer.extra_id];
  // The only identifier that is not in the body must be the email address.
  const email = named.find(({ identifier }) => !shown.includes(identifier))?.identifier ?? null;
  return { ...customer, email };
});

/** All customers of the server. */
export const customers: readonly StoredCustomer[] = [...demandingCustomers, ...exampleCustomers];
