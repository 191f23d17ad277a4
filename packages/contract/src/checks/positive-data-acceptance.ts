import type { Operation, Parameter } from '@firstofficer/openapi';
import type fc from 'fast-check';
import { forEachGenerated } from '../generate/for-each-generated.ts';
import { exampleBody, needsOtherBody } from '../generate/request-body.ts';
import { validValues } from '../generate/valid-values.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { mayCall } from '../run/context.ts';
import type { Severity } from '../run/run-report.ts';
import type { Check, Session, TestCase, Violation } from './check.ts';
import { isTriggerable } from './documented-statuses.ts';

const REFUSALS = [400, 401, 415, 422];

export const positiveDataAcceptance: Check = {
  name: 'positive_data_acceptance',
  severity: 'error',
  rationale: 'What fits the schemas of the request is not refused as unreadable, however unusual it looks.',
  testCases(operation, context) {
    if (!mayCall(context, operation.method)) return [];
    const { description, settings } = context;
    if (needsOtherBody(operation, description.document)) return [];
    const generated = operation.parameters.flatMap((parameter): TestCase[] => {
      // HTTP itself forbids many values of headers and cookies.
      if (!['path', 'query'].includes(parameter.in) || parameter.content) return [];
      const values = validValues(parameter.schema ?? { type: 'string' }, description.document);
      if (!values) return [];
      return [
        {
          name: `${settings.generated} generated values of ${parameter.name}`,
          run: (session) =>
            forEachGenerated(session, settings, sendable(parameter, values), async (value) => {
              accept(session, operation, await session.send({ parameters: { [parameter.name]: value } }), [parameter]);
            }),
        },
      ];
    });
    if (!exampleBody(operation, description.document)?.isValid) return generated;
    // What a body names need not exist in a target with data of its own.
    const severity = context.servesExamples ? ('error' as const) : ('note' as const);
    const specRef = [operation.definition, 'requestBody'] as const;
    const shown: TestCase = {
      name: 'the body that the description shows',
      run: async (session) => accept(session, operation, await session.send(), specRef, severity),
    };
    return [...generated, shown];
  },
};

/** URLs take an empty segment for none, and these for the folder itself and the one above, percent-encoded or not. */
function sendable<T>({ in: place }: Parameter, values: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return place === 'path' ? values.filter((value) => !['', '.', '..'].includes(String(value))) : values;
}

function accept(
  session: Session,
  operation: Operation,
  exchange: OperationExchange,
  specRef: Violation['specRef'],
  severity: Severity = 'error',
): void {
  if (!REFUSALS.includes(exchange.status)) return;
  const others = Object.keys(operation.responses).filter(
    (status) => !REFUSALS.includes(Number(status)) && isTriggerable(operation, status),
  );
  const expected = `status ${others.join(' or ')}`;
  session.report(exchange, { expected, actual: `status ${exchange.status}`, specRef, severity });
}
