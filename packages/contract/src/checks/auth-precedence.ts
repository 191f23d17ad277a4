import { findExamplePairs, type Operation } from '@firstofficer/openapi';
import { credentialForms, needsKey } from '../request/credentials.ts';
import type { RequestParts } from '../request/operation-request.ts';
import { MALFORMED_SEGMENTS } from '../request/path-segments.ts';
import { WRONG_KEY } from '../request/refused-credentials.ts';
import type { Check } from './check.ts';
import { mayCall } from './context.ts';
import { authErrorOf, expectStatus } from './expectations.ts';

export const authPrecedence: Check = {
  name: 'auth_precedence',
  severity: 'error',
  rationale: 'The key is checked first, so that a client without a key learns nothing from other statuses.',
  testCases(operation, context) {
    if (!needsKey(operation) || !operation.responses['401'] || !mayCall(context, operation.method)) return [];
    const { expected, specRef } = authErrorOf(operation);
    const wrong = credentialForms(operation).map(({ scheme, write }) => ({
      key: `${scheme}: a wrong key`,
      credentials: write(WRONG_KEY, WRONG_KEY),
    }));
    return [{ key: 'no key', credentials: undefined }, ...wrong].flatMap(({ key, credentials }) =>
      failingRequests(operation).map(({ name, parts }) => ({
        name: `${key}, and ${name}`,
        run: async (session) => {
          expectStatus(session, await session.send({ ...parts, credentials }), expected, { specRef });
        },
      })),
    );
  },
};

/** Returns requests that fail even with the right key. */
function failingRequests(operation: Operation): { name: string; parts: RequestParts }[] {
  const examples = findExamplePairs(operation)
    .filter(({ status }) => !status.startsWith('2'))
    .map(({ name, parameters }) => ({ name: `the example ${name}`, parts: { parameters } }));
  const segments = operation.parameters
    .filter(({ in: place }) => place === 'path')
    .slice(0, 1)
    .flatMap(({ name: parameter }) => [
      ...Object.entries(MALFORMED_SEGMENTS).map(([name, segment]) => ({ name, segments: { [parameter]: segment } })),
      { name: 'a segment of 4,096 characters', segments: { [parameter]: 'x'.repeat(4096) } },
    ]);
  return [...examples, ...segments.map(({ name, segments }) => ({ name, parts: { segments } }))];
}
