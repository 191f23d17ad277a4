import { createPathMatcher, decodeSegment, type Operation } from '@firstofficer/openapi';
import type { Identified } from '../customers/stored-customer.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { isObject } from '../schema/json.ts';

/** The name of the path parameter that identifies the customer. */
export const PARAMETER = 'customer';

/** A customer as the target sent it. Other checks validate its schema, so members may be missing or have other types. */
export type SentCustomer = Identified & Readonly<Record<string, unknown>>;

/** Returns whether an operation is the one that these rules apply to. */
export function retrievesCustomer({ id, method, parameters }: Operation): boolean {
  return id === 'retrieveCustomer' && method === 'GET' && parameters.some(({ name }) => name === PARAMETER);
}

/** Returns the parameter object, whose description states how identifiers are matched. */
export function findCustomerParameter({ parameters, definition }: Operation): object {
  return parameters.find(({ name }) => name === PARAMETER) ?? definition;
}

/** Returns the customer in a response, or undefined if there is none. */
export function parseCustomer({ status, json, request }: OperationExchange): SentCustomer | undefined {
  if (status !== 200 || request.method !== 'GET') return undefined;
  return isObject(json) ? (json as SentCustomer) : undefined;
}

/** Returns the identifier in the path of a request, or undefined if it cannot be decoded. */
export function parseIdentifier({ request, operation }: OperationExchange): string | undefined {
  const [path = ''] = request.target.split('?');
  const segment = createPathMatcher(operation.path)(path)?.[PARAMETER];
  return segment === undefined ? undefined : decodeSegment(segment);
}
