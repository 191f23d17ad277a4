import { describeForbiddenBody, findFramingFault } from '../http/raw-response.ts';
import type { Check } from './check.ts';
import { canSendHead, listTypicalRequests } from './statuses.ts';

export const messageFraming: Check = {
  name: 'message_framing',
  severity: 'error',
  basis: 'rfc',
  rationale:
    'A body is as long as its headers state (RFC 9112, 6): otherwise clients wait, or read one response as two.',
  // The test cases send only GET and HEAD. This also checks the responses of operations such as DELETE, which often get 204.
  checkResponse({ operation, request, status, hasForbiddenBody }) {
    if (!hasForbiddenBody) return [];
    return [{ ...describeForbiddenBody(request.method, status), specRef: [operation.definition, 'responses'] }];
  },
  testCases(operation) {
    if (operation.method !== 'GET') return [];
    const specRef = [operation.definition, 'responses'] as const;
    return listTypicalRequests(operation).flatMap(({ name, parts }) =>
      (canSendHead(operation) ? ['GET', 'HEAD'] : ['GET']).map((method) => ({
        name: `${method}, ${name}`,
        async run(session) {
          const { request, response } = await session.sendRaw({ ...parts, method });
          const fault = findFramingFault(method, response);
          if (fault) session.report({ request }, { ...fault, specRef });
        },
      })),
    );
  },
};
