import { demandingCustomers } from '../../src/customers/demanding-customers.ts';
import type { Customer, StoredCustomer } from '../../src/customers/stored-customer.ts';
import { examples } from './description.ts';

/** Those that the description's examples are about. */
export const exampleCustomers: readonly StoredCustomer[] = [
  ...Map.groupBy(
    examples.filter(({ status }) => status === 200),
    ({ body }) => body,
  ),
].map(([body, named]) => {
  const customer = body as unknown as Customer;
  const shown: readonly unknown[] = [customer.stripe_id, String(customer.id), customer.extra_id];
  // The one identifier that the body does not show must be the e-mail address.
  const email = named.find(({ identifier }) => !shown.includes(identifier))?.identifier ?? null;
  return { ...customer, email };
});

/** All that the server has. */
export const customers: readonly StoredCustomer[] = [...demandingCustomers, ...exampleCustomers];
