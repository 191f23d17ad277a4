import { type MediaType, type Operation, type Response, responseFor } from '@firstofficer/openapi';
import { decodedBody } from '../http/content-coding.ts';
import { type Exchange, mediaTypeOf, parseJson, textOf } from '../http/exchange.ts';
import { essenceOf, isJson } from '../http/media-type.ts';
import type { OperationRequest } from './operation-request.ts';

/** What the description says of the body that a response has; undefined if it says nothing. */
export function documentedBody(exchange: OperationExchange): MediaType | undefined {
  if (!hasBody(exchange) || !exchange.documented) return undefined;
  const type = mediaTypeOf(exchange) ?? '';
  // OpenAPI allows ranges: the most specific key wins.
  const keys = [type, `${type.split('/')[0]}/*`, '*/*'];
  const content = Object.entries(exchange.documented.response.content ?? {});
  return keys.flatMap((key) => content.find(([documented]) => essenceOf(documented) === key)?.[1] ?? [])[0];
}

/** Whether a response has a body that is documented as JSON. */
export function isDocumentedJson(exchange: OperationExchange): boolean {
  return documentedBody(exchange) !== undefined && isJson(mediaTypeOf(exchange) ?? '');
}

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
