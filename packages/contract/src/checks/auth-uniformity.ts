import { decodeSegment, findExamplePairs } from '@firstofficer/openapi';
import { listCredentialForms, needsKey } from '../request/credentials.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { WRONG_KEY } from '../request/wrong-credentials.ts';
import { preview } from '../schema/json.ts';
import { type Check, isMethodAllowed, type TestCase } from './check.ts';
import { findAuthError } from './statuses.ts';

export const authUniformity: Check = {
  name: 'auth_uniformity',
  severity: 'error',
  basis: 'profile',
  needs: 'an operation that requires a key, with a parameter example that gets 404',
  rationale:
    'A 401 response is the same for an existing and a missing resource, so that it does not reveal which exists.',
  testCases(operation, context) {
    const unknown = findExamplePairs(operation).find(({ status }) => status === '404')?.parameters;
    if (!unknown || !needsKey(operation) || !isMethodAllowed(context, operation.method)) return [];
    const [form] = listCredentialForms(operation, context.target);
    const attempts = [
      { name: 'no key', credentials: undefined },
      ...(form ? [{ name: 'a wrong key', credentials: form.write(WRONG_KEY, WRONG_KEY) }] : []),
    ];
    return attempts.map(
      ({ name, credentials }): TestCase => ({
        name,
        async run(session) {
          const existing = await session.send({ credentials });
          const missing = await session.send({ credentials, parameters: unknown });
          const again = await session.send({ credentials });
          const { specRef } = findAuthError(operation);
          for (const read of [readText, listHeaderNames]) {
            // Ignore what differs in each response, such as a time or a request number.
            if (read(existing) === read(missing) || read(existing) !== read(again)) continue;
            const expected = `the same 401 for a missing resource: ${preview(read(existing))}`;
            session.report(missing, { expected, actual: preview(read(missing)), specRef });
          }
        },
      }),
    );
  },
};

/** Returns the body without the parts of the URL, which a message may repeat. */
function readText({ text, request }: OperationExchange): string {
  return request.target
    .split(/[/?]/)
    .filter((segment) => segment !== '')
    .flatMap((segment) => [segment, decodeSegment(segment) ?? segment])
    .reduce((rest, part) => rest.replaceAll(part, '…'), text);
}

/** Returns only the names of the headers, because values may differ each time. */
function listHeaderNames({ headers }: OperationExchange): string {
  return headers
    .map(([name]) => name.toLowerCase())
    .toSorted()
    .join(', ');
}
