import { decodeSegment, findExamplePairs } from '@firstofficer/openapi';
import { credentialForms, needsKey } from '../request/credentials.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { WRONG_KEY } from '../request/refused-credentials.ts';
import { preview } from '../schema/preview.ts';
import type { Check, TestCase } from './check.ts';
import { mayCall } from './context.ts';
import { authErrorOf } from './expectations.ts';

export const authUniformity: Check = {
  name: 'auth_uniformity',
  severity: 'error',
  rationale:
    'A 401 response is the same for an existing and a missing resource, so that it does not reveal which exists.',
  testCases(operation, context) {
    const unknown = findExamplePairs(operation).find(({ status }) => status === '404')?.parameters;
    if (!unknown || !needsKey(operation) || !mayCall(context, operation.method)) return [];
    const [form] = credentialForms(operation);
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
          const { specRef } = authErrorOf(operation);
          for (const part of [textOf, headersOf]) {
            // Skip a part that differs each time anyway, such as a time or a request number.
            if (part(existing) === part(missing) || part(existing) !== part(again)) continue;
            const expected = `the same 401 for what does not exist: ${preview(part(existing))}`;
            session.report(missing, { expected, actual: preview(part(missing)), specRef });
          }
        },
      }),
    );
  },
};

/** Returns the body without the parts of the URL, which a message may repeat. */
const textOf = ({ text, request }: OperationExchange) => {
  const asked = request.target.split(/[/?]/).filter((segment) => segment !== '');
  return asked
    .flatMap((segment) => [segment, decodeSegment(segment) ?? segment])
    .reduce((rest, one) => rest.replaceAll(one, '…'), text);
};

// Only the names: values may differ each time.
const headersOf = ({ headers }: OperationExchange) =>
  headers
    .map(([name]) => name.toLowerCase())
    .toSorted()
    .join(', ');
