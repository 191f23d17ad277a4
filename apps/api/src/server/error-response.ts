import { type Operation, responseFor } from '@firstofficer/openapi';
import type { FastifyReply } from 'fastify';

/** A response whose body is known before there is a request. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

/**
 * What an operation answers with an error status, in the words of the description: the first example of the body, and
 * the example of each header.
 *
 * @throws Error if the description documents no such status, or shows no example of it.
 */
export function buildDocumentedError(operation: Operation, status: number): ErrorResponse {
  const response = responseFor(operation, status)?.response;
  const [example] = Object.values(response?.content?.['application/json']?.examples ?? {});
  if (!example) throw new Error(`The description shows no ${status} of ${operation.id}: give it an example.`);
  const headers = Object.entries(response?.headers ?? {}).flatMap(([name, { example: value }]) =>
    value === undefined ? [] : [[name, String(value)] as const],
  );
  return { status, headers: Object.fromEntries(headers), payload: JSON.stringify(example.value) };
}

/** An error that the description does not name, in the form of those that it does. */
export function buildUndocumentedError(
  status: number,
  message: string,
  headers: ErrorResponse['headers'] = {},
): ErrorResponse {
  const type = status >= 500 ? 'api_error' : 'invalid_request_error';
  return { status, headers, payload: JSON.stringify({ error: { type, message } }) };
}

export function sendErrorResponse(reply: FastifyReply, { status, headers, payload }: ErrorResponse): FastifyReply {
  return reply.code(status).headers(headers).header('content-type', 'application/json').send(payload);
}
