import { decodeSegment, type Operation, pathMatcher } from '@firstofficer/openapi';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { Identified } from './precedence.ts';

/** The path parameter that names the customer. */
export const PARAMETER = 'customer';

/** A customer as a response shows it. Whatever else is wrong with it is for the schema to say. */
export type Customer = Identified & Readonly<Record<string, unknown>>;

/** Whether an operation is the one that these rules are about. */
export function retrievesCustomer({ id, method, parameters }: Operation): boolean {
  return id === 'retrieveCustomer' && method === 'GET' && parameters.some(({ name }) => name === PARAMETER);
}

/** The parameter as the description has it, which promises how identifiers are read. */
export function parameterOf({ parameters, definition }: Operation): object {
  return parameters.find(({ name }) => name === PARAMETER) ?? definition;
}

/** The customer that a response shows; undefined if it shows none. */
export function customerOf({ status, json, request }: OperationExchange): Customer | undefined {
  if (status !== 200 || request.method !== 'GET') return undefined;
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Customer) : undefined;
}

/** The identifier that a request asked for; undefined if it cannot be decoded. */
export function identifierOf({ request, operation }: OperationExchange): string | undefined {
  const [path = ''] = request.target.split('?');
  const segment = pathMatcher(operation.path)(path)?.[PARAMETER];
  return segment === undefined ? undefined : decodeSegment(segment);
}
