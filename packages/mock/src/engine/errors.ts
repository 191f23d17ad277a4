import { asArray, asObject, type Operation } from '@firstofficer/openapi/browser';
import { isJsonType } from './media-type.ts';
import { createResponse, type MockResponse } from './response.ts';
import type { Violation } from './tools.ts';

/** What an error response contains besides its status and message. */
interface ErrorDetails {
  readonly headers?: MockResponse['headers'];
  readonly violations?: readonly Violation[];
}

/** Creates an error response that the description does not document, such as 405. */
export type CreateError = (status: number, message: string, details?: ErrorDetails) => MockResponse;

/**
 * Returns the function that creates error responses that the description does not document.
 *
 * If every JSON error of the description requires a member `error` with a `type` and a `message`, the responses have this
 * shape, so that clients can parse them. Otherwise they are problem details (RFC 9457).
 */
export function createErrorFactory(operations: readonly Operation[]): CreateError {
  const schemas = operations.flatMap(listErrorSchemas);
  const hasErrorObjects = schemas.length > 0 && schemas.every(isErrorObject);
  return hasErrorObjects ? createErrorObject : createProblem;
}

/** Formats a violation, such as `query.limit must be >= 1`. */
export function formatViolation({ location, message }: Violation): string {
  return `${location} ${message}`;
}

/** Returns the schemas of the JSON bodies of errors. `default` describes errors if the operation documents a success. */
function listErrorSchemas({ responses }: Operation): unknown[] {
  const statuses = Object.keys(responses);
  const hasSuccess = statuses.some((status) => status.startsWith('2'));
  return statuses
    .filter((status) => /^[45]/.test(status) || (status === 'default' && hasSuccess))
    .flatMap((status) => Object.entries(responses[status]?.content ?? {}))
    .filter(([mediaType]) => isJsonType(mediaType))
    .map(([, { schema }]) => schema);
}

function isErrorObject(schema: unknown): boolean {
  if (!listRequired(schema).includes('error')) return false;
  const members = listSchemas(schema).flatMap((part) => {
    const { error } = asObject(part.properties);
    return error === undefined ? [] : [error];
  });
  return ['type', 'message'].every((name) => members.flatMap(listRequired).includes(name));
}

function listRequired(schema: unknown): unknown[] {
  return listSchemas(schema).flatMap(({ required }) => asArray(required));
}

/** Returns a schema and the schemas that it combines. */
function listSchemas(schema: unknown): Readonly<Record<string, unknown>>[] {
  const object = asObject(schema);
  return [object, ...asArray(object.allOf).flatMap(listSchemas)];
}

const createErrorObject: CreateError = (status, message, { headers = {} } = {}) =>
  createResponse(
    status,
    { 'Content-Type': 'application/json', ...headers },
    { error: { type: status < 500 ? 'invalid_request_error' : 'api_error', message } },
  );

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const createProblem: CreateError = (status, message, { headers = {}, violations = [] } = {}) =>
  createResponse(
    status,
    { 'Content-Type': 'application/problem+json', ...headers },
    {
      type: 'about:blank',
      ...(TITLES[status] && { title: TITLES[status] }),
      status,
      detail: message,
      ...(violations.length > 0 && {
        violations: violations.map(({ location, message: text }) => ({ location, message: text })),
      }),
    },
  );
