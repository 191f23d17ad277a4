import { decodeSegment } from '@firstofficer/openapi';
import type { TestContext } from 'vitest';
import type { KnownCustomer } from '../../src/customers/known-customers.ts';
import type { Identified } from '../../src/customers/stored-customer.ts';
import type { Finding } from '../../src/run/report.ts';
import { localServer } from '../local-server.ts';
import { errorsIn, verify } from '../verify.ts';

export const JANE: Identified & { readonly email: string } = {
  id: 1340573,
  stripe_id: 'cus_1234ABCD',
  extra_id: 'ws/1',
  email: 'jane.d+x@example.com',
};
export const JOHN: Identified = { id: 1340600, stripe_id: 'cus_5678EFGH', extra_id: null };

/** Returns all identifiers of a customer. */
export const listIdentifiers = ({ stripe_id, id, extra_id, email }: Identified): string[] =>
  [stripe_id, String(id), extra_id, email].filter((value) => typeof value === 'string');

/** Converts a stored customer to a known customer. */
export const known = (customer: Identified, ...labels: readonly (keyof Identified)[]): KnownCustomer => ({
  identifiers: labels.map((label) => ({ label, value: String(customer[label]) })),
  expected: {},
});

/** Finds a customer as the API documents it. */
export const matchExactly =
  (...customers: readonly Identified[]) =>
  (identifier: string): Identified | undefined =>
    customers.find((customer) => listIdentifiers(customer).includes(identifier));

/** Finds a customer by the identifier of a request, or by its raw path segment. */
export type Find = (identifier: string, segment: string) => Identified | undefined;

/** Starts a server with this lookup that accepts any key. */
export function startCustomersServer(context: TestContext, find: Find): Promise<string> {
  return localServer(context, ({ url = '' }, response) => {
    const segment = /^\/v2\/customers\/([^/?]*)/.exec(url)?.[1] ?? '';
    const identifier = decodeSegment(segment);
    const isValid = identifier !== undefined && identifier !== '' && [...identifier].length <= 1024;
    const found = isValid ? find(identifier, segment) : undefined;
    response.writeHead(found ? 200 : isValid ? 404 : 400, { 'Content-Type': 'application/json' });
    const { email: _, ...shown } = found ?? {};
    response.end(JSON.stringify(found ? shown : { error: {} }));
  });
}

/** Returns the errors that one check finds in a server with this lookup. Default: Jane is known by all identifiers. */
export async function findErrors(
  context: TestContext,
  check: string,
  {
    find,
    customers = [known(JANE, 'stripe_id', 'id', 'extra_id', 'email')],
  }: { find: Find; customers?: KnownCustomer[] },
): Promise<Finding[]> {
  return errorsIn(await verify({ url: await startCustomersServer(context, find), customers, only: [check] }));
}
