import { isDescribed } from '../request/operation-exchange.ts';
import { truncate } from '../schema/json.ts';
import type { Check } from './check.ts';
import { isTriggerable } from './statuses.ts';

export const notAServerError: Check = {
  name: 'not_a_server_error',
  severity: 'error',
  basis: 'rfc',
  rationale:
    'No request gets a 5xx status: it means that the server failed (RFC 9110, 15.6). Documented ones, except 500, are notes.',
  checkResponse(exchange) {
    const { status, documented, operation, text, request } = exchange;
    // `default` describes all other statuses, but does not allow a 5xx.
    const isDocumented = documented && documented.status !== 'default' && isTriggerable(operation, documented.status);
    if (status < 500 || isDocumented) return [];
    // 501 is allowed for an unknown method.
    if (status === 501 && !isDescribed(exchange)) return [];
    const isExplicit = documented?.status === String(status) && status !== 500;
    if (status === 501 && isExplicit) return [];
    const actual = `status ${status} for ${request.method}${text === '' ? '' : `: ${truncate(text)}`}`;
    const specRef = [operation.definition, 'responses'] as const;
    return [{ expected: 'a status below 500', actual, specRef, ...(isExplicit && { basis: 'profile' as const }) }];
  },
};
