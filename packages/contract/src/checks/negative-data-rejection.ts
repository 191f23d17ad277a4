import type { Operation, Parameter } from '@firstofficer/openapi';
import type { Check, Probe } from '../engine/check.ts';
import { expectStatus, refusalOfData } from '../engine/expectations.ts';
import { succeedingValues } from '../engine/parameter-values.ts';
import { MALFORMED_SEGMENTS } from '../engine/refused-values.ts';
import { needsOtherBody } from '../engine/request-body.ts';
import { isFreeText } from '../engine/schemas-at.ts';
import { pathText } from '../engine/serialization.ts';
import { mayCall, type Subject } from '../engine/subject.ts';
import { unfitBodies } from '../engine/unfit-bodies.ts';
import { unfitValues } from '../engine/unfit-values.ts';

export const negativeDataRejection: Check = {
  name: 'negative_data_rejection',
  severity: 'error',
  rationale:
    'What breaks the schemas of the request, or cannot be decoded at all, is refused by the documented status.',
  probes(operation, subject) {
    if (!mayCall(subject, operation.method)) return [];
    // Whatever is sent is refused for want of a body: that says nothing of the rest.
    if (needsOtherBody(operation, subject.description.document)) return [];
    return [
      ...operation.parameters.flatMap((parameter) => ofParameter(operation, parameter, subject)),
      ...ofBody(operation, subject),
    ];
  },
};

function ofParameter(operation: Operation, parameter: Parameter, { description, known }: Subject): Probe[] {
  const { name: parameterName, in: place, schema = {} } = parameter;
  if ((place !== 'path' && place !== 'query') || parameter.content) return [];
  // A route that takes nothing but numbers says that there is no such resource.
  const expected = [...refusalOfData(operation), ...(isFreeText(schema) || place === 'query' ? [] : ['404'])];
  const promise = [parameter.schema ?? parameter] as const;
  const values = unfitValues(schema, place, description.document).map(
    ({ name, value }): Probe => ({
      name: `${parameterName}: ${name}`,
      run: async (session) => {
        expectStatus(session, await session.send({ parameters: { [parameterName]: value } }), expected, { promise });
      },
    }),
  );
  if (place === 'query') return values;
  // A server that leaves out what it cannot decode finds what stands before it.
  const value = succeedingValues(operation, known, description.document)[parameterName];
  const existing = value === undefined ? '' : pathText(parameter, value);
  const segments = Object.entries(MALFORMED_SEGMENTS).flatMap(([name, segment]) => [
    { name, segment },
    ...(existing === '' ? [] : [{ name: `${name}, after what exists`, segment: existing + segment }]),
  ]);
  const malformed = segments.map(
    ({ name, segment }): Probe => ({
      name: `${parameterName}: ${name}`,
      run: async (session) => {
        const exchange = await session.send({ segments: { [parameterName]: segment } });
        expectStatus(session, exchange, expected, { promise });
      },
    }),
  );
  return [...values, ...malformed];
}

function ofBody(operation: Operation, { description }: Subject): Probe[] {
  const expected = [...refusalOfData(operation), ...(operation.responses['415'] ? ['415'] : [])];
  const promise = [operation.requestBody ?? operation.definition] as const;
  return unfitBodies(operation, description.document).map(
    ({ name, body }): Probe => ({
      name: `body: ${name}`,
      run: async (session) => {
        expectStatus(session, await session.send({ body }), expected, { promise });
      },
    }),
  );
}
