import { isDescribed } from '../request/operation-exchange.ts';
import { truncate } from '../schema/preview.ts';
import type { Check } from './check.ts';
import { isTriggerable } from './documented-statuses.ts';

export const notAServerError: Check = {
  name: 'not_a_server_error',
  severity: 'error',
  rationale:
    'No request makes the server fail: a 5xx is no answer to what was asked, even where it is documented how it looks.',
  checkResponse(exchange) {
    const { status, documented, operation, text, request } = exchange;
    // What is said of all other statuses does not mean that the server may fail.
    const isPromised = documented && documented.status !== 'default' && isTriggerable(operation, documented.status);
    if (status < 500 || isPromised) return [];
    // 501 is how a server says that it does not know a method.
    if (status === 501 && !isDescribed(exchange)) return [];
    const actual = `${request.method} was answered ${status}${text === '' ? '' : `: ${truncate(text)}`}`;
    return [{ expected: 'a status below 500', actual, specRef: [operation.definition, 'responses'] }];
  },
};
