import type { Check } from '../engine/check.ts';
import { isDescribed } from '../engine/operation-exchange.ts';
import { headerOf } from '../http/exchange.ts';

export const statusCodeConformance: Check = {
  name: 'status_code_conformance',
  severity: 'error',
  rationale: 'Only documented statuses occur: clients are written for these. Redirects are answers like any other.',
  judge(exchange) {
    const { status, documented, operation } = exchange;
    // A 5xx is a finding of its own.
    if (documented || status >= 500 || !isDescribed(exchange)) return [];
    const location = headerOf(exchange, 'location');
    return [
      {
        expected: `status ${Object.keys(operation.responses).join(', ')}`,
        actual: `status ${status}${location === undefined ? '' : `, to ${location}`}`,
        promise: [operation.definition, 'responses'],
      },
    ];
  },
};
