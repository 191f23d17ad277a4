import { type Operation, resolveLinks } from '@firstofficer/openapi';
import { whyUnsendable } from '../customers/identifier.ts';
import type { Identifier, KnownCustomer } from '../customers/known-customers.ts';
import type { HttpClient } from '../http/client.ts';
import { parseJson, textOf } from '../http/exchange.ts';
import { rightCredentials } from '../request/credentials.ts';
import { requestTo } from '../request/operation-request.ts';
import type { Target } from '../request/target.ts';
import { PARAMETER } from './customer.ts';

/**
 * Adds the further identifiers of a customer from its response. The links of the description name the members that are
 * identifiers. A customer that cannot be retrieved is returned unchanged; the checks report it later.
 */
export async function learnIdentifiers(
  operation: Operation,
  { token }: Target,
  connection: Pick<HttpClient, 'send'>,
  customer: KnownCustomer,
): Promise<KnownCustomer> {
  const [known] = customer.identifiers;
  if (!known) return customer;
  const request = requestTo(operation, {
    parameters: { [PARAMETER]: known.value },
    credentials: rightCredentials(operation, token),
  });
  const exchange = await connection.send(request).catch(() => undefined);
  if (exchange?.status !== 200) return customer;
  const learnt = resolveLinks(operation, '200', parseJson(textOf(exchange.body))).map(
    ({ name, parameters }): Identifier => ({ label: name, value: parameters[PARAMETER] ?? '' }),
  );
  const values = new Set(customer.identifiers.map(({ value }) => value));
  const added = learnt.filter(({ value }) => whyUnsendable(value) === undefined && !values.has(value));
  return { ...customer, identifiers: [...customer.identifiers, ...added] };
}
