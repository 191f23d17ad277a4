import { type Operation, type Response, responseFor } from '@firstofficer/openapi';
import { decodedBody } from '../http/content-coding.ts';
import { type Exchange, parseJson, textOf } from '../http/exchange.ts';
import type { OperationRequest } from './operation-request.ts';

/** An exchange, and what the description says of it. */
export interface OperationExchange extends Omit<Exchange, 'request'> {
  readonly operation: Operation;
  readonly request: OperationRequest;
  /** What the operation documents for the status; undefined if it documents nothing or another method was used. */
  readonly documented: { readonly status: string; readonly response: Response } | undefined;
  /** The body without its content coding; undefined if it is not in the one that it says. */
  readonly content: Buffer | undefined;
  readonly text: string;
  /** The body as JSON; undefined if it is none. */
  readonly json: unknown;
}

/** Adds to an exchange what the description says of it. */
export function asOperationExchange(
  operation: Operation,
  request: OperationRequest,
  exchange: Exchange,
): OperationExchange {
  const content = decodedBody(exchange);
  const text = textOf(content ?? exchange.body);
  return {
    ...exchange,
    operation,
    request,
    documented: isDescribed({ request, operation }) ? responseFor(operation, exchange.status) : undefined,
    content,
    text,
    json: parseJson(text),
  };
}

/** Whether a response carries a body at all. */
export function hasBody({ request, status }: OperationExchange): boolean {
  return request.method !== 'HEAD' && status !== 204 && status !== 304;
}

/** Whether the request was one that the description knows: of the operation's method, or HEAD, which is GET without the body. */
export function isDescribed({ request, operation }: Pick<OperationExchange, 'request' | 'operation'>): boolean {
  return request.method === operation.method || (request.method === 'HEAD' && operation.method === 'GET');
}
