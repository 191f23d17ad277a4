import { findResponse, type MediaType, type Operation, type Response } from '@firstofficer/openapi';
import { decodeBody } from '../http/content-coding.ts';
import {
  canHaveBody,
  decodeText,
  type Exchange,
  getMediaType,
  isJson,
  parseJson,
  removeParameters,
  type Timing,
} from '../http/exchange.ts';
import type { OperationRequest } from './operation-request.ts';

/** Returns the documented media type object of a response's body, or undefined if it is not documented. */
export function findDocumentedBody(exchange: OperationExchange): MediaType | undefined {
  if (!hasBody(exchange) || !exchange.documented) return undefined;
  const type = getMediaType(exchange);
  // OpenAPI allows media type ranges. The most specific key takes precedence.
  const keys = [type, `${type.split('/')[0]}/*`, '*/*'];
  const content = Object.entries(exchange.documented.response.content ?? {});
  return keys.flatMap((key) => content.find(([documented]) => removeParameters(documented) === key)?.[1] ?? [])[0];
}

/** Returns the documented media type object of a JSON body, or undefined for any other response. */
export function findDocumentedJson(exchange: OperationExchange): MediaType | undefined {
  return isJson(getMediaType(exchange)) ? findDocumentedBody(exchange) : undefined;
}

/** An exchange with what the description documents for it. */
export interface OperationExchange extends Omit<Exchange, 'request'>, Timing {
  readonly operation: Operation;
  readonly request: OperationRequest;
  /** The documented response for the status, or undefined if there is none or the request has another method. */
  readonly documented: { readonly status: string; readonly response: Response } | undefined;
  /** The decoded body, or undefined if it is not in the coding that Content-Encoding names. */
  readonly content: Buffer | undefined;
  readonly text: string;
  /** The body as JSON, or undefined if it is not JSON. */
  readonly json: unknown;
}

/** Adds what the description documents to an exchange. */
export function createOperationExchange(request: OperationRequest, exchange: Exchange & Timing): OperationExchange {
  const { operation } = request;
  const content = decodeBody(exchange);
  const text = decodeText(content ?? exchange.body);
  return {
    ...exchange,
    operation,
    request,
    documented: isDescribed({ request, operation }) ? findResponse(operation, exchange.status) : undefined,
    content,
    text,
    json: parseJson(text),
  };
}

/** Returns whether a response can have a body. */
export function hasBody({ request, status }: OperationExchange): boolean {
  return canHaveBody(request.method, status);
}

/** Returns whether the request has the operation's method, or HEAD for a GET operation. */
export function isDescribed({ request, operation }: Pick<OperationExchange, 'request' | 'operation'>): boolean {
  return request.method === operation.method || (request.method === 'HEAD' && operation.method === 'GET');
}
