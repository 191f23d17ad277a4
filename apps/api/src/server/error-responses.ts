import {
  buildDeprecationHeaders,
  createPathMatcher,
  decodeSegment,
  findResponse,
  type Operation,
} from '@firstofficer/openapi';
import type { FastifyReply } from 'fastify';
import { isServerHeader } from './response-headers.ts';

/** An error response with a fixed body. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
  /** Whether the description documents the response. */
  readonly isDocumented: boolean;
}

// Building a response takes longer than sending it. A cached response stays valid, because nothing changes a description
// after it has been loaded.
const documentedErrors = new WeakMap<Operation, Map<number, ErrorResponse | undefined>>();

/**
 * Returns an error response of an operation: the example of the body, and the example of each header that the server does
 * not set itself.
 *
 * @returns undefined if the operation does not document the status.
 * @throws Error if the operation documents a body without an example.
 */
export function findDocumentedError(operation: Operation, status: number): ErrorResponse | undefined {
  const cached = documentedErrors.get(operation) ?? new Map<number, ErrorResponse | undefined>();
  documentedErrors.set(operation, cached);
  if (!cached.has(status)) cached.set(status, buildDocumentedError(operation, status));
  return cached.get(status);
}

function buildDocumentedError(operation: Operation, status: number): ErrorResponse | undefined {
  const response = findResponse(operation, status)?.response;
  if (!response) return undefined;
  const { content = {}, headers = {} } = response;
  const { example, examples = {} } = content['application/json'] ?? {};
  const body = example ?? Object.values(examples)[0]?.value;
  if (Object.keys(content).length > 0 && body === undefined)
    throw new Error(`The description has no JSON example for the ${status} of ${operation.id}. Add one to it.`);
  const values = Object.entries(headers).filter(
    ([name, { example }]) => example !== undefined && !isServerHeader(name),
  );
  return {
    status,
    headers: Object.fromEntries(values.map(([name, header]) => [name, String(header.example)])),
    payload: body === undefined ? '' : JSON.stringify(body),
    isDocumented: true,
  };
}

/** Builds an error response that the description does not document. It always has FirstOfficer's error format. */
export function buildUndocumentedError(
  status: number,
  message: string,
  headers: ErrorResponse['headers'] = {},
): ErrorResponse {
  const type = status >= 500 ? 'api_error' : 'invalid_request_error';
  return { status, headers, payload: JSON.stringify({ error: { type, message } }), isDocumented: false };
}

declare module 'fastify' {
  interface FastifyReply {
    /** The error response that is sent instead of the result of a handler. */
    errorResponse: ErrorResponse | undefined;
  }
}

/** Sends an error response. */
export function sendErrorResponse(reply: FastifyReply, response: ErrorResponse): FastifyReply {
  const { status, headers, payload } = response;
  reply.errorResponse = response;
  return reply.code(status).headers(headers).header('content-type', 'application/json').send(payload);
}

/** Returns the error response to a request that matches no route. */
export type FindRoutingError = (method: string, target: string) => ErrorResponse;

const invalidTarget = buildUndocumentedError(
  400,
  'The request target is invalid. Send a path, or a URL that has a host and no fragment.',
);

/** Creates the function that answers requests to an unknown path, method or undecodable path parameter. */
export function createRoutingErrorFinder(operations: readonly Operation[]): FindRoutingError {
  const routes = operations.map((operation) => ({ operation, match: createPathMatcher(operation.path) }));
  return (method, target) => {
    const path = parsePath(target);
    if (path === undefined) return invalidTarget;
    const matches = routes.flatMap(({ operation, match }) => {
      const parameters = match(path);
      return parameters ? [{ operation, parameters }] : [];
    });
    const matching = matches.find(({ operation }) => listMethods(operation).includes(method));
    if (matches.length === 0) {
      const paths = [...new Set(operations.map((operation) => operation.path))].join(', ');
      return buildUndocumentedError(404, `This path does not exist. The API serves ${paths}.`);
    }
    if (!matching) return buildMethodNotAllowed(matches.map(({ operation }) => operation));
    const isReadable = Object.values(matching.parameters).every((segment) => decodeSegment(segment) !== undefined);
    // Otherwise the router has rejected the host of the target.
    const error = (isReadable ? undefined : findDocumentedError(matching.operation, 400)) ?? invalidTarget;
    // The router has found no operation, so these headers are not set yet.
    return { ...error, headers: { ...error.headers, ...buildDeprecationHeaders(matching.operation.deprecation) } };
  };
}

/** Builds the 405 response for a method that none of the operations has. */
export function buildMethodNotAllowed(operations: readonly Operation[]): ErrorResponse {
  const allow = [...new Set(operations.flatMap(listMethods))].join(', ');
  return buildUndocumentedError(405, `This method is not allowed here. Allowed: ${allow}.`, { Allow: allow });
}

function listMethods({ method }: Operation): string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

/**
 * Returns the path of a request target in origin, absolute or asterisk form, or undefined for any other target. Uses no
 * URL parser, because that would resolve `..` and change the encoding.
 */
function parsePath(target: string): string | undefined {
  const match = /^(?:https?:\/\/[^/?#]+)?(\/[^?#]*|\*|)(?:\?[^#]*)?$/i.exec(target);
  return match ? match[1] || '/' : undefined;
}
