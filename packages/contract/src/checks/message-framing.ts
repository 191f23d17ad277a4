import { findExamplePairs } from '@firstofficer/openapi';
import { findFramingFault } from '../http/raw-response.ts';
import type { Check } from './check.ts';

export const messageFraming: Check = {
  name: 'message_framing',
  severity: 'error',
  rationale:
    'A body is as long as its headers state (RFC 9112, 6): otherwise clients wait, or read one response as two.',
  testCases(operation) {
    if (operation.method !== 'GET') return [];
    const specRef = [operation.definition, 'responses'] as const;
    const failing = findExamplePairs(operation).filter(({ status }) => !status.startsWith('2'));
    const requests = [
      { name: 'an existing resource', parts: {} },
      ...failing.map(({ name, parameters }) => ({ name: `the example ${name}`, parts: { parameters } })),
      { name: 'no key', parts: { credentials: undefined } },
    ];
    return requests.flatMap(({ name, parts }) =>
      ['GET', 'HEAD'].map((method) => ({
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
