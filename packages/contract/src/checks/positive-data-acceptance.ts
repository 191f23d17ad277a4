import type { Parameter } from '@firstofficer/openapi';
import type fc from 'fast-check';
import { createBody, needsUnsupportedBody } from '../generate/example-data.ts';
import { createValidValues } from '../generate/valid-values.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { type Check, isMethodAllowed, type Session, type TestCase, type Violation } from './check.ts';
import { forEachGenerated } from './for-each-generated.ts';
import { isTriggerable } from './statuses.ts';

const REJECTION_STATUSES = [400, 401, 415, 422];

export const positiveDataAcceptance: Check = {
  name: 'positive_data_acceptance',
  severity: 'error',
  basis: 'description',
  rationale: 'Data that conform to the schemas of the request are not rejected as invalid, even if they are unusual.',
  testCases(operation, context) {
    if (!isMethodAllowed(context, operation.method)) return [];
    const { validator, options } = context;
    if (needsUnsupportedBody(operation, validator)) return [];
    const generated = operation.parameters.flatMap((parameter): TestCase[] => {
      // HTTP forbids many values of headers and cookies.
      if (!['path', 'query'].includes(parameter.in) || parameter.content) return [];
      const values = createValidValues(parameter.schema ?? { type: 'string' }, validator);
      if (!values) return [];
      return [
        {
          name: `${options.generated} generated values of ${parameter.name}`,
          run: (session) =>
            forEachGenerated({ session, options, values: filterSendable(parameter, values) }, async (value) => {
              const exchange = await session.send({ parameters: { [parameter.name]: value } });
              expectAccepted(session, exchange, { specRef: [parameter] });
            }),
        },
      ];
    });
    if (!createBody(operation, validator)?.isValid) return generated;
    // The body may refer to resources that the target lacks.
    const severity = context.servesExamples ? ('error' as const) : ('note' as const);
    const specRef = [operation.definition, 'requestBody'] as const;
    const example: TestCase = {
      name: 'the body of the description',
      run: async (session) => expectAccepted(session, await session.send(), { specRef, severity }),
    };
    return [...generated, example];
  },
};

/** Removes values that a path segment cannot have. URLs drop empty segments and resolve `.` and `..`, even if encoded. */
function filterSendable<T>({ in: place }: Parameter, values: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return place === 'path' ? values.filter((value) => !['', '.', '..'].includes(String(value))) : values;
}

function expectAccepted(
  session: Session,
  exchange: OperationExchange,
  details: Pick<Violation, 'specRef' | 'severity'>,
): void {
  const { operation, status } = exchange;
  if (!REJECTION_STATUSES.includes(status)) return;
  const others = Object.keys(operation.responses).filter(
    (documented) => !REJECTION_STATUSES.includes(Number(documented)) && isTriggerable(operation, documented),
  );
  session.report(exchange, { expected: `status ${others.join(' or ')}`, actual: `status ${status}`, ...details });
}
