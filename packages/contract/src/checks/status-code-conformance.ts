import { headerOf } from '../http/exchange.ts';
import { isDescribed } from '../request/operation-exchange.ts';
import type { Check } from './check.ts';
import { isImplied } from './documented-statuses.ts';

export const statusCodeConformance: Check = {
  name: 'status_code_conformance',
  severity: 'error',
  rationale: 'Only documented statuses occur: clients are written for these. Redirects are answers like any other.',
  checkResponse(exchange) {
    const { status, documented, operation } = exchange;
    // A 5xx is a finding of its own.
    if (documented || status >= 500 || !isDescribed(exchange)) return [];
    const statuses = Object.keys(operation.responses);
    // An operation that documents nothing at all promises nothing.
    if (statuses.length === 0) return [];
    const location = headerOf(exchange, 'location');
    return [
      {
        expected: `status ${statuses.join(', ')}`,
        actual: `status ${status}${location === undefined ? '' : `, to ${location}`}`,
        specRef: [operation.definition, 'responses'],
        ...(isImplied(operation, status) && { severity: 'note' as const }),
      },
    ];
  },
};
