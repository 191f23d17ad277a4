import type { Check } from '../engine/check.ts';
import { isDescribed } from '../engine/operation-exchange.ts';
import { headerOf } from '../http/exchange.ts';

// Statuses for the reason of another. A description that knows none of them leaves out what goes without saying.
const SAME_REASON: Readonly<Record<number, readonly string[]>> = {
  400: ['400', '422'],
  401: ['401'],
  // Of a key that is none, unlike one that may not do this, it says 401.
  403: ['401', '403'],
  404: ['404', '410'],
  410: ['404', '410'],
  422: ['400', '422'],
};

export const statusCodeConformance: Check = {
  name: 'status_code_conformance',
  severity: 'error',
  rationale: 'Only documented statuses occur: clients are written for these. Redirects are answers like any other.',
  judge(exchange) {
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
        promise: [operation.definition, 'responses'],
        ...(isUnsaid(status, statuses) && { severity: 'note' as const }),
      },
    ];
  },
};

/** Whether a status refuses for a reason that the description passes over, rather than by another status than it says. */
function isUnsaid(status: number, documented: readonly string[]): boolean {
  if (status < 400) return false;
  const same = SAME_REASON[status];
  return !documented.some((code) => (same ? same.includes(code) : code.startsWith('4')));
}
