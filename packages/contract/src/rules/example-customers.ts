import { findExamplePairs, type Operation } from '@firstofficer/openapi';
import type { KnownCustomer } from '../customers/known-customers.ts';
import { PARAMETER } from './customer.ts';

/** Returns the customers of the description's examples, each with all identifiers that an example pair has for it. */
export function exampleCustomers(operation: Operation): KnownCustomer[] {
  const pairs = findExamplePairs(operation).filter(({ status }) => status === '200');
  return [...Map.groupBy(pairs, ({ body }) => body)].map(([body, named]) => ({
    identifiers: named.map(({ name, parameters }) => ({ label: name, value: parameters[PARAMETER] ?? '' })),
    expected: body as Record<string, unknown>,
  }));
}
