import { findResponse, type Operation } from '@firstofficer/openapi';
import type { FastifyReply } from 'fastify';

/** An error response with a fixed body. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

/**
 * Builds the error response of an operation from the description: the first example of the body, and the example of each
 * header.
 *
 * @throws Error if the description does not document the status, or has no example for it.
 */
export function buildDocumentedError(operation: Operation, status: number): ErrorResponse {
  const response = findResponse(operation, status)?.response;
  const [example] = Object.values(response?.content?.['application/json']?.examples ?? {});
  if (!example)
    throw new Error(
      `The description has no example for the ${status} of ${operation.id}. Add one to spec/openapi.yaml.`,
    );
  const headers = Object.entries(response?.headers ?? {}).flatMap(([name, { example: value }]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  return { status, headers: Object.fromEntries(headers), payload: JSON.stringify(example.value) };
}

/** Builds an error response that the description does not document, in the format of the documented ones. */
export function buildUndocumentedError(
  status: number,
  message: string,
  headers: ErrorResponse['headers'] = {},
): ErrorResponse {
  const type = status >= 500 ? 'api_error' : 'invalid_request_error';
  return { status, headers, payload: JSON.stringify({ error: { type, message } }) };
}

/** Sends an error response. */
export function sendErrorResponse(reply: FastifyReply, { status, headers, payload }: ErrorResponse): FastifyReply {
  return reply.code(status).headers(headers).header('content-type', 'application/json').send(payload);
}
