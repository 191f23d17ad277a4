import type { Check } from '../engine/check.ts';
import { isDescribed } from '../engine/operation-exchange.ts';
import { cut } from '../engine/show.ts';

export const notAServerError: Check = {
  name: 'not_a_server_error',
  severity: 'error',
  rationale: 'No request makes the server fail: a 5xx that the description does not document is a bug of the server.',
  judge(exchange) {
    const { status, documented, operation, text, request } = exchange;
    // What is said of all other statuses does not mean that the server may fail.
    if (status < 500 || (documented && documented.status !== 'default')) return [];
    // 501 is how a server says that it does not know a method.
    if (status === 501 && !isDescribed(exchange)) return [];
    const actual = `${request.method} was answered ${status}${text === '' ? '' : `: ${cut(text)}`}`;
    return [{ expected: 'a status below 500', actual, promise: [operation.definition, 'responses'] }];
  },
};
