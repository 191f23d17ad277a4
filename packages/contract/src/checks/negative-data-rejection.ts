import type { Operation, Parameter } from '@firstofficer/openapi';
import { needsUnsupportedBody } from '../generate/example-data.ts';
import { createInvalidBodies, createInvalidValues } from '../generate/invalid-data.ts';
import { MALFORMED_SEGMENTS } from '../request/path-segments.ts';
import { serializePathParameter } from '../request/serialization.ts';
import { isFreeText } from '../schema/subschemas.ts';
import { type Check, type CheckContext, isMethodAllowed, type TestCase } from './check.ts';
import { createStatusCase, listDataErrorStatuses } from './statuses.ts';

export const negativeDataRejection: Check = {
  name: 'negative_data_rejection',
  severity: 'error',
  basis: 'description',
  rationale:
    'Data that violate the schemas of the request, or that cannot be decoded, get the documented error status.',
  testCases(operation, context) {
    if (!isMethodAllowed(context, operation.method)) return [];
    // Without the required body the server rejects every request, so the test could not tell which data it rejected.
    if (needsUnsupportedBody(operation, context.validator)) return [];
    return [
      ...operation.parameters.flatMap((parameter) => listParameterCases(operation, parameter, context)),
      ...listBodyCases(operation, context),
    ];
  },
};

function listParameterCases(operation: Operation, parameter: Parameter, { validator, base }: CheckContext): TestCase[] {
  const { name: parameterName, in: place, schema = {} } = parameter;
  if ((place !== 'path' && place !== 'query') || parameter.content) return [];
  // A route that matches only numbers answers 404 to other values.
  const statuses = [...listDataErrorStatuses(operation), ...(isFreeText(schema) || place === 'query' ? [] : ['404'])];
  const expected = { statuses, specRef: [parameter.schema ?? parameter] } as const;
  const values = createInvalidValues(schema, place, validator).map(({ name, value }) =>
    createStatusCase(`${parameterName}: ${name}`, { parameters: { [parameterName]: value } }, expected),
  );
  if (place === 'query') return values;
  // A server that drops bytes that it cannot decode would find the existing resource.
  const value = base.parametersFor(operation)[parameterName];
  const existing = value === undefined ? '' : serializePathParameter(parameter, value);
  const segments = Object.entries(MALFORMED_SEGMENTS).flatMap(([name, segment]) => [
    { name, segment },
    ...(existing === '' ? [] : [{ name: `${name}, after an existing value`, segment: existing + segment }]),
  ]);
  const malformed = segments.map(({ name, segment }) =>
    createStatusCase(`${parameterName}: ${name}`, { segments: { [parameterName]: segment } }, expected),
  );
  return [...values, ...malformed];
}

function listBodyCases(operation: Operation, { validator }: CheckContext): TestCase[] {
  const statuses = [...listDataErrorStatuses(operation), ...(operation.responses['415'] ? ['415'] : [])];
  const expected = { statuses, specRef: [operation.requestBody ?? operation.definition] } as const;
  return createInvalidBodies(operation, validator).map(({ name, body }) =>
    createStatusCase(`body: ${name}`, { body }, expected),
  );
}
