import { createPathMatcher, decodeSegment, type Operation } from '@firstofficer/openapi';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { Identified } from './precedence.ts';

/** The name of the path parameter that identifies the customer. */
export const PARAMETER = 'customer';

/** The members of a customer in a response that these rules need. Other checks validate the schema. */
export type Customer = Identified & Readonly<Record<string, unknown>>;

/** Returns whether an operation is the one that these rules apply to. */
export function retrievesCustomer({ id, method, parameters }: Operation): boolean {
  return id === 'retrieveCustomer' && method === 'GET' && parameters.some(({ name }) => name === PARAMETER);
}

/** Returns the parameter object, whose description states how identifiers are matched. */
export function parameterOf({ parameters, definition }: Operation): object {
  return parameters.find(({ name }) => name === PARAMETER) ?? definition;
}

/** Returns the customer in a response, or undefined if there is none. */
export function customerOf({ status, json, request }: OperationExchange): Customer | undefined {
  if (status !== 200 || request.method !== 'GET') return undefined;
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Customer) : undefined;
}

/** Returns the identifier that a request asked for, or undefined if it cannot be decoded. */
export function identifierOf({ request, operation }: OperationExchange): string | undefined {
  const [path = ''] = request.target.split('?');
  const segment = createPathMatcher(operation.path)(path)?.[PARAMETER];
  return segment === undefined ? undefined : decodeSegment(segment);
}
