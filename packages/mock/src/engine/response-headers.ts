import { matchesETag } from '@firstofficer/common/if-none-match';
import { buildDeprecationHeaders, type Operation } from '@firstofficer/openapi/browser';
import { createETag } from './etag.ts';
import { mergeHeaders } from './merge-headers.ts';
import type { MockResponse } from './response.ts';

/** Replaces the header values of an example that a server does not send with every response. */
export type HeaderReplacer = (
  response: MockResponse,
  operation: Operation,
  requestHeaders: Readonly<Record<string, string>>,
) => MockResponse;

/**
 * Creates the function that replaces header values. Of the headers that the description documents:
 *
 * - `X-Request-Id` is different in each response.
 * - `ETag` depends on the body. If the request has it in `If-None-Match`, the response is the documented 304.
 * - `Strict-Transport-Security` is missing, because the mock does not serve HTTPS.
 * - Headers that depend on how a body is sent, such as `Content-Length`, are missing. The sender sets them.
 */
export function createHeaderReplacer(): HeaderReplacer {
  // The same response is sent many times, and its headers change only with its request ID.
  const prepared = new WeakMap<MockResponse, PreparedHeaders>();
  let count = 0;
  return (response, { responses }, requestHeaders) => {
    const known = prepared.get(response) ?? prepareHeaders(response);
    prepared.set(response, known);
    const { headers: fixed, requestId, etag } = known;
    if (requestId !== undefined) count += 1;
    const headers = requestId === undefined ? fixed : { ...fixed, [requestId]: `req_mock-${count}` };
    const condition = requestHeaders['if-none-match'];
    const isKnown = etag !== undefined && condition !== undefined && matchesETag(condition, etag);
    const { status, payload } = response;
    if (status !== 200 || !isKnown || !responses['304']) return { status, headers, payload };
    const withoutType = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
    return { status: 304, headers: Object.fromEntries(withoutType), payload: '' };
  };
}

/** The headers of a response that are the same each time. */
interface PreparedHeaders {
  readonly headers: MockResponse['headers'];
  /** The name of the header with the request ID, if the response has it. */
  readonly requestId: string | undefined;
  readonly etag: string | undefined;
}

/** The headers that describe how the bytes are sent, in lowercase. Only the sender knows the right values. */
export const TRANSFER_HEADERS: readonly string[] = [
  'content-length',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

const UNSENT_HEADERS = ['strict-transport-security', ...TRANSFER_HEADERS];

function prepareHeaders({ headers, payload }: MockResponse): PreparedHeaders {
  const findName = (name: string) => Object.keys(headers).find((candidate) => candidate.toLowerCase() === name);
  const etagName = findName('etag');
  const etag = etagName && (payload === '' ? headers[etagName] : createETag(payload));
  const kept = Object.entries(headers).filter(([name]) => !UNSENT_HEADERS.includes(name.toLowerCase()));
  return {
    headers: { ...Object.fromEntries(kept), ...(etagName && etag !== undefined && { [etagName]: etag }) },
    requestId: findName('x-request-id'),
    etag,
  };
}

/**
 * Adds the headers that announce that an operation is deprecated. All of its responses have them, also its errors. They
 * replace the examples of the description.
 */
export function announceDeprecation(response: MockResponse, operation: Operation | undefined): MockResponse {
  if (!operation?.deprecation) return response;
  return { ...response, headers: mergeHeaders(response.headers, buildDeprecationHeaders(operation.deprecation)) };
}
