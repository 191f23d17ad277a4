import type { Operation } from '@firstofficer/openapi';
import { listCredentialForms, needsKey } from '../request/credentials.ts';
import { MALFORMED_SEGMENTS } from '../request/path-segments.ts';
import { WRONG_KEY } from '../request/wrong-credentials.ts';
import { type Check, isMethodAllowed } from './check.ts';
import { createStatusCase, findAuthError, listFailingExamples, type NamedRequest } from './statuses.ts';

export const authPrecedence: Check = {
  name: 'auth_precedence',
  severity: 'error',
  basis: 'profile',
  needs: 'an operation that requires a key and documents 401',
  rationale: 'The key is checked first, so that a client without a key learns nothing from other statuses.',
  testCases(operation, context) {
    if (!needsKey(operation) || !operation.responses['401'] || !isMethodAllowed(context, operation.method)) return [];
    const wrong = listCredentialForms(operation, context.target).map(({ scheme, write }) => ({
      key: `${scheme}: a wrong key`,
      credentials: write(WRONG_KEY, WRONG_KEY),
    }));
    return [{ key: 'no key', credentials: undefined }, ...wrong].flatMap(({ key, credentials }) =>
      listFailingRequests(operation).map(({ name, parts }) =>
        createStatusCase(`${key}, and ${name}`, { ...parts, credentials }, findAuthError(operation)),
      ),
    );
  },
};

/** Returns requests that fail even with the right key. */
function listFailingRequests(operation: Operation): NamedRequest[] {
  const examples = listFailingExamples(operation);
  const pathParameter = operation.parameters.find(({ in: place }) => place === 'path');
  if (!pathParameter) return examples;
  const segments = { ...MALFORMED_SEGMENTS, 'a segment of 4,096 characters': 'x'.repeat(4096) };
  const malformed = Object.entries(segments).map(([name, segment]) => ({
    name,
    parts: { segments: { [pathParameter.name]: segment } },
  }));
  return [...examples, ...malformed];
}
