import { decodeSegment, examplePairs } from '@firstofficer/openapi';
import { credentialForms, needsKey } from '../request/credentials.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { WRONG_KEY } from '../request/refused-credentials.ts';
import { mayCall } from '../run/context.ts';
import { preview } from '../schema/preview.ts';
import type { Check, TestCase } from './check.ts';
import { authErrorOf } from './expectations.ts';

export const authUniformity: Check = {
  name: 'auth_uniformity',
  severity: 'error',
  rationale: 'A 401 reads the same for what exists and what does not: it must not tell the one from the other.',
  testCases(operation, context) {
    const unknown = examplePairs(operation).find(({ status }) => status === '404')?.parameters;
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
            // What is another each time tells nothing: it may hold the time, or the number of the request.
            if (part(existing) === part(missing) || part(existing) !== part(again)) continue;
            const expected = `the same 401 for what does not exist: ${preview(part(existing))}`;
            session.report(missing, { expected, actual: preview(part(missing)), specRef });
          }
        },
      }),
    );
  },
};

/** A message may well repeat what was asked for. */
const textOf = ({ text, request }: OperationExchange) => {
  const asked = request.target.split(/[/?]/).filter((segment) => segment !== '');
  return asked
    .flatMap((segment) => [segment, decodeSegment(segment) ?? segment])
    .reduce((rest, one) => rest.replaceAll(one, '…'), text);
};

// Names only: values may well be new each time.
const headersOf = ({ headers }: OperationExchange) =>
  headers
    .map(([name]) => name.toLowerCase())
    .toSorted()
    .join(', ');
