import type { TestContext } from 'vitest';
import type { KnownCustomer } from '../../src/customers/known-customers.ts';
import type { Identified } from '../../src/customers/stored-customer.ts';
import { localServer } from '../local-server.ts';

export const JANE: Identified & { readonly email: string } = {
  id: 1340573,
  stripe_id: 'cus_1234ABCD',
  extra_id: 'ws/1',
  email: 'jane.d+x@example.com',
};
export const JOHN: Identified = { id: 1340600, stripe_id: 'cus_5678EFGH', extra_id: null };

export const identifiersOf = ({ stripe_id, id, extra_id, email }: Identified): string[] =>
  [stripe_id, String(id), extra_id, email].filter((value) => typeof value === 'string');

/** Converts a stored customer to a known customer. */
export const known = (customer: Identified, ...labels: readonly (keyof Identified)[]): KnownCustomer => ({
  identifiers: labels.map((label) => ({ label, value: String(customer[label]) })),
  expected: {},
});

/** Finds a customer as the API documents it. */
export const exactly =
  (...customers: readonly Identified[]) =>
  (identifier: string): Identified | undefined =>
    customers.find((customer) => identifiersOf(customer).includes(identifier));

/** Starts a server with this lookup that accepts any key. */
export function customersServer(
  context: TestContext,
  find: (identifier: string, segment: string) => Identified | undefined,
): Promise<string> {
  return localServer(context, ({ url = '' }, response) => {
    const segment = /^\/v2\/customers\/([^/?]*)/.exec(url)?.[1] ?? '';
    const identifier = decode(segment);
    const isValid = identifier !== undefined && identifier !== '' && [...identifier].length <= 1024;
    const found = isValid ? find(identifier, segment) : undefined;
    response.writeHead(found ? 200 : isValid ? 404 : 400, { 'Content-Type': 'application/json' });
    const { email: _, ...shown } = found ?? {};
    response.end(JSON.stringify(found ? shown : { error: {} }));
  });
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
