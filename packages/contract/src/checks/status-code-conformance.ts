import { getHeader } from '../http/exchange.ts';
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
    if (documented || status >= 500 || !isDescribed(exchange)) return [];
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
