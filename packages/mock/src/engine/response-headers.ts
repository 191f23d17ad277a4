import { matchesETag } from '@firstofficer/common/if-none-match';
import type { Operation } from '@firstofficer/openapi/browser';
import { createETag } from './etag.ts';
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
 */
export function createHeaderReplacer(): HeaderReplacer {
  let count = 0;
  return (response, { responses }, requestHeaders) => {
    const { status, payload } = response;
    const headers = Object.fromEntries(
      Object.entries(response.headers).flatMap(([name, value]): [string, string][] => {
        switch (name.toLowerCase()) {
          case 'x-request-id':
            count += 1;
            return [[name, `req_mock-${count}`]];
          case 'etag':
            return [[name, payload === '' ? value : createETag(payload)]];
          case 'strict-transport-security':
            return [];
          default:
            return [[name, value]];
        }
      }),
    );
    const etag = findValue(headers, 'etag');
    const known = requestHeaders['if-none-match'];
    const isKnown = etag !== undefined && known !== undefined && matchesETag(known, etag);
    if (status !== 200 || !isKnown || !responses['304']) return { ...response, headers };
    const withoutType = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type');
    return { status: 304, headers: Object.fromEntries(withoutType), payload: '' };
  };
}

function findValue(headers: MockResponse['headers'], name: string): string | undefined {
  return Object.entries(headers).find(([candidate]) => candidate.toLowerCase() === name)?.[1];
}
