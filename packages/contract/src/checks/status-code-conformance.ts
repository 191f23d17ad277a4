import { getHeader, type HttpRequest } from '../http/exchange.ts';
import { isDescribed } from '../request/operation-exchange.ts';
import type { Check } from './check.ts';
import { isImplied, isStatusOfHttp } from './statuses.ts';

export const statusCodeConformance: Check = {
  name: 'status_code_conformance',
  severity: 'error',
  basis: 'description',
  rationale: 'Only documented statuses occur, because clients handle only these. Redirects must be documented as well.',
  checkResponse(exchange) {
    const { status, documented, operation } = exchange;
    // not_a_server_error reports 5xx statuses.
    if (status >= 500 || !isDescribed(exchange)) return [];
    if (status === 304 && !isConditional(exchange.request)) {
      const expected = 'a 304 only for a request with a condition, such as If-None-Match (RFC 9110, 15.4.5)';
      return [{ expected, actual: 'status 304', specRef: [operation.definition, 'responses'] }];
    }
    if (documented) return [];
    const statuses = Object.keys(operation.responses);
    // An operation without documented responses allows any status.
    if (statuses.length === 0) return [];
    const location = getHeader(exchange, 'location');
    return [
      {
        expected: `status ${statuses.join(', ')}`,
        actual: `status ${status}${location === undefined ? '' : `, to ${location}`}`,
        specRef: [operation.definition, 'responses'],
        ...(isImplied(operation, status) && { severity: 'note' as const }),
        ...(isStatusOfHttp(status) && { basis: 'profile' as const }),
      },
    ];
  },
};

/** Returns whether a request has a condition that a 304 can answer. */
function isConditional({ headers }: Pick<HttpRequest, 'headers'>): boolean {
  return headers.some(([name]) => /^if-(none-match|modified-since)$/i.test(name));
}
