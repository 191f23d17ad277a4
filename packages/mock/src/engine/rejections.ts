import { createPathMatcher, findResponse, type Operation } from '@firstofficer/openapi/browser';
import type { CreateError } from './errors.ts';
import type { Respond } from './respond.ts';
import type { MockResponse } from './response.ts';

/** Why a request to an operation is rejected before it is validated. */
type Reason = 'invalidPath' | 'unauthorized' | 'notFound';

/**
 * The possible statuses of a rejected request. The operation responds with the first one that it documents, or with the
 * first one of the list if it documents none of them.
 */
const STATUSES: Readonly<Record<Reason, readonly [string, ...string[]]>> = {
  invalidPath: ['400', '422'],
  unauthorized: ['401', '403'],
  notFound: ['404'],
};

/** The messages of the errors, if the operation documents no response with the status. */
const MESSAGES: Readonly<Record<Reason, string>> = {
  invalidPath: 'The path must be valid percent-encoding of UTF-8.',
  unauthorized:
    'The API key is missing or wrong. Send the key of --token, as the security scheme of the operation says.',
  notFound: 'No example matches these parameters. The examples are in the API description.',
};

/** Returns the status of a rejected request. */
export function pickStatus({ responses }: Operation, reason: Reason): string {
  const [standard, ...others] = STATUSES[reason];
  return [standard, ...others].find((status) => status in responses) ?? standard;
}

/** The functions that create responses: documented ones, and errors that are not documented. */
interface Responders {
  readonly respond: Respond;
  readonly createError: CreateError;
}

/** Returns the documented response to a rejected request, or an error. */
export async function reject(
  { respond, createError }: Responders,
  operation: Operation,
  reason: Reason,
): Promise<MockResponse> {
  const status = pickStatus(operation, reason);
  if (!findResponse(operation, Number(status))) return createError(Number(status), MESSAGES[reason]);
  const { response } = await respond({ operation, status });
  return response;
}

const MAX_LISTED = 20;

// A client chooses the path. Without a limit, a long one takes gigabytes.
const MAX_BASE_SEGMENTS = 10;

/** Returns the response to a request whose path no operation has. */
export function rejectPath(createError: CreateError, path: string, operations: readonly Operation[]): MockResponse {
  const served = findWithoutBase(path, operations);
  if (served) {
    return createError(404, `Unknown path. The mock serves ${served.path} without the base path of the server.`);
  }
  const paths = [...new Set(operations.map((operation) => operation.path))];
  const others = paths.length - MAX_LISTED;
  const list = paths.slice(0, MAX_LISTED).join(', ') + (others > 0 ? ` and ${others} others` : '');
  return createError(404, `Unknown path. This API has the paths ${list}.`);
}

/** Returns the operation of a path that begins with other segments, such as the ones of the URL in `servers`. */
function findWithoutBase(path: string, operations: readonly Operation[]): Operation | undefined {
  const segments = path.split('/');
  const rests = segments.slice(2, 2 + MAX_BASE_SEGMENTS).map((_, index) => `/${segments.slice(index + 2).join('/')}`);
  return rests.flatMap((rest) => operations.find((operation) => createPathMatcher(operation.path)(rest)) ?? [])[0];
}

/** Returns the response to a request whose method no operation of the path has. */
export function rejectMethod(createError: CreateError, method: string, operations: readonly Operation[]): MockResponse {
  const allow = listAllowedMethods(operations);
  return createError(405, `${method} is not allowed here. Allowed methods: ${allow}.`, { headers: { Allow: allow } });
}

/** Returns the value of the `Allow` header: the methods of the operations, with HEAD added to GET. */
export function listAllowedMethods(operations: readonly Operation[]): string {
  const methods = operations.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...new Set(methods)].join(', ');
}
