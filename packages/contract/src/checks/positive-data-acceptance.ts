import type { Operation, Parameter } from '@firstofficer/openapi';
import type fc from 'fast-check';
import { exampleBody, needsOtherBody } from '../generate/request-body.ts';
import { validValues } from '../generate/valid-values.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { Check, Session, Severity, TestCase, Violation } from './check.ts';
import { mayCall } from './context.ts';
import { isTriggerable } from './documented-statuses.ts';
import { forEachGenerated } from './for-each-generated.ts';

const REFUSALS = [400, 401, 415, 422];

export const positiveDataAcceptance: Check = {
  name: 'positive_data_acceptance',
  severity: 'error',
  rationale: 'Data that conform to the schemas of the request are not rejected as invalid, even if they are unusual.',
  testCases(operation, context) {
    if (!mayCall(context, operation.method)) return [];
    const { description, options } = context;
    if (needsOtherBody(operation, description.document)) return [];
    const generated = operation.parameters.flatMap((parameter): TestCase[] => {
      // HTTP forbids many values of headers and cookies.
      if (!['path', 'query'].includes(parameter.in) || parameter.content) return [];
      const values = validValues(parameter.schema ?? { type: 'string' }, description.document);
      if (!values) return [];
      return [
        {
          name: `${options.generated} generated values of ${parameter.name}`,
          run: (session) =>
            forEachGenerated(session, options, sendable(parameter, values), async (value) => {
              accept(session, operation, await session.send({ parameters: { [parameter.name]: value } }), [parameter]);
            }),
        },
      ];
    });
    if (!exampleBody(operation, description.document)?.isValid) return generated;
    // The body may refer to resources that the target does not have.
    const severity = context.servesExamples ? ('error' as const) : ('note' as const);
    const specRef = [operation.definition, 'requestBody'] as const;
    const shown: TestCase = {
      name: 'the body that the description shows',
      run: async (session) => accept(session, operation, await session.send(), specRef, severity),
    };
    return [...generated, shown];
  },
};

/** Returns the values that a URL can have as a segment. URLs drop empty segments and resolve `.` and `..`, even if encoded. */
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
