import type { Operation, Parameter } from '@firstofficer/openapi';
import { invalidBodies } from '../generate/invalid-bodies.ts';
import { invalidValues } from '../generate/invalid-values.ts';
import { succeedingValues } from '../generate/parameter-values.ts';
import { needsOtherBody } from '../generate/request-body.ts';
import { MALFORMED_SEGMENTS } from '../request/path-segments.ts';
import { pathText } from '../request/serialization.ts';
import { isFreeText } from '../schema/schemas-at.ts';
import type { Check, TestCase } from './check.ts';
import { type CheckContext, mayCall } from './context.ts';
import { dataErrorStatuses, expectStatus } from './expectations.ts';

export const negativeDataRejection: Check = {
  name: 'negative_data_rejection',
  severity: 'error',
  rationale:
    'Data that violate the schemas of the request, or that cannot be decoded, get the documented error status.',
  testCases(operation, context) {
    if (!mayCall(context, operation.method)) return [];
    // Without the required body every request is rejected, which says nothing about the other data.
    if (needsOtherBody(operation, context.description.document)) return [];
    return [
      ...operation.parameters.flatMap((parameter) => ofParameter(operation, parameter, context)),
      ...ofBody(operation, context),
    ];
  },
};

function ofParameter(operation: Operation, parameter: Parameter, { description, known }: CheckContext): TestCase[] {
  const { name: parameterName, in: place, schema = {} } = parameter;
  if ((place !== 'path' && place !== 'query') || parameter.content) return [];
  // A route that matches only numbers answers 404 to other values.
  const expected = [...dataErrorStatuses(operation), ...(isFreeText(schema) || place === 'query' ? [] : ['404'])];
  const specRef = [parameter.schema ?? parameter] as const;
  const values = invalidValues(schema, place, description.document).map(
    ({ name, value }): TestCase => ({
      name: `${parameterName}: ${name}`,
      run: async (session) => {
        expectStatus(session, await session.send({ parameters: { [parameterName]: value } }), expected, { specRef });
      },
    }),
  );
  if (place === 'query') return values;
  // A server that drops bytes it cannot decode finds the resource before them.
  const value = succeedingValues(operation, known, description.document)[parameterName];
  const existing = value === undefined ? '' : pathText(parameter, value);
  const segments = Object.entries(MALFORMED_SEGMENTS).flatMap(([name, segment]) => [
    { name, segment },
    ...(existing === '' ? [] : [{ name: `${name}, after what exists`, segment: existing + segment }]),
  ]);
  const malformed = segments.map(
    ({ name, segment }): TestCase => ({
      name: `${parameterName}: ${name}`,
      run: async (session) => {
        const exchange = await session.send({ segments: { [parameterName]: segment } });
        expectStatus(session, exchange, expected, { specRef });
      },
    }),
  );
  return [...values, ...malformed];
}

function ofBody(operation: Operation, { description }: CheckContext): TestCase[] {
  const expected = [...dataErrorStatuses(operation), ...(operation.responses['415'] ? ['415'] : [])];
  const specRef = [operation.requestBody ?? operation.definition] as const;
  return invalidBodies(operation, description.document).map(
    ({ name, body }): TestCase => ({
      name: `body: ${name}`,
      run: async (session) => {
        expectStatus(session, await session.send({ body }), expected, { specRef });
      },
    }),
  );
}
