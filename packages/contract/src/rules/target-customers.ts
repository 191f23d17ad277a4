import { findExamplePairs, type Operation, resolveLinks } from '@firstofficer/openapi';
import { explainUnsendable, type Identifier, type KnownCustomer } from '../customers/known-customers.ts';
import type { HttpClient } from '../http/client.ts';
import { decodeText, parseJson } from '../http/exchange.ts';
import { createCredentials } from '../request/credentials.ts';
import { createRequest } from '../request/operation-request.ts';
import type { Target } from '../request/target.ts';
import { PARAMETER } from './customer.ts';

/** Returns the customers of the description's examples, each with all identifiers that an example pair has for it. */
export function listExampleCustomers(operation: Operation): KnownCustomer[] {
  const pairs = findExamplePairs(operation).filter(({ status }) => status === '200');
  return [...Map.groupBy(pairs, ({ body }) => body)].map(([body, named]) => ({
    identifiers: named.map(({ name, parameters }) => ({ label: name, value: parameters[PARAMETER] ?? '' })),
    expected: body as Record<string, unknown>,
  }));
}

/** The server that has the customers, and the operation that retrieves one. */
interface CustomerSource {
  readonly operation: Operation;
  readonly target: Target;
  readonly client: Pick<HttpClient, 'send'>;
}

/**
 * Adds the further identifiers of a customer from its response. The links of the description name the members that are
 * identifiers. A customer that cannot be retrieved is returned unchanged; the checks report it later.
 */
export async function addIdentifiers(
  { operation, target, client }: CustomerSource,
  customer: KnownCustomer,
): Promise<KnownCustomer> {
  const [known] = customer.identifiers;
  if (!known) return customer;
  const request = createRequest(operation, {
    parameters: { [PARAMETER]: known.value },
    credentials: createCredentials(operation, target),
  });
  const exchange = await client.send(request).catch(() => undefined);
  if (exchange?.status !== 200) return customer;
  const linked = resolveLinks(operation, '200', parseJson(decodeText(exchange.body))).map(
    ({ name, parameters }): Identifier => ({ label: name, value: parameters[PARAMETER] ?? '' }),
  );
  const values = new Set(customer.identifiers.map(({ value }) => value));
  const added = linked.filter(({ value }) => explainUnsendable(value) === undefined && !values.has(value));
  return { ...customer, identifiers: [...customer.identifiers, ...added] };
}
