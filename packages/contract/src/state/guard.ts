import { decodeSegment, findExamplePairs, type Operation } from '@firstofficer/openapi';
import { isSafeMethod } from '../http/exchange.ts';
import type { OperationRequest, RequestParts } from '../request/operation-request.ts';
import { MISSING_VALUE } from '../request/path-segments.ts';
import type { ParameterValue, ParameterValues } from '../request/serialization.ts';
import type { Validator } from '../schema/validation.ts';
import { getPath, type ObjectStore } from './objects.ts';

/** What the guard needs to know about a run. */
export interface Guard {
  readonly store: ObjectStore;
  readonly validator: Validator;
  /** Returns the parameter values that the user passed for an operation. */
  givenFor(operation: Operation): ParameterValues;
}

/**
 * Returns why a request must not be sent: it could change an object that the run did not create. Unsafe requests may act
 * only on objects that the run created, even if they are deleted, on values that the user passed, and on values that no object has.
 */
export function explainForbidden(
  { store, validator, givenFor }: Guard,
  request: OperationRequest,
  { parameters = {}, segments = {} }: Pick<RequestParts, 'parameters' | 'segments'>,
): string | undefined {
  const { operation, method } = request;
  const inPath = operation.parameters.filter(({ in: place }) => place === 'path');
  if (isSafeMethod(method.toUpperCase()) || inPath.length === 0) return undefined;
  // What the operation creates belongs to the run.
  if (method === 'POST' && store.resources.some(({ create }) => create === operation)) return undefined;
  if (store.find(operation, getPath(request)) || store.wasDeleted(operation, getPath(request))) return undefined;
  const values = inPath.map((parameter) => {
    const { name } = parameter;
    const segment = segments[name];
    // A server that drops what it cannot decode would read the rest.
    const value = segment === undefined ? parameters[name] : (decodeSegment(segment) ?? segment.replace(/%.*$/s, ''));
    return { parameter, value, isMalformed: segment !== undefined && decodeSegment(segment) === undefined };
  });
  const isMissing = values.some(({ parameter: { name, schema = {} }, value, isMalformed }) => {
    if (value === undefined || value === '' || value === MISSING_VALUE) return true;
    return (
      (!isMalformed && validator.validateText(schema, value, name).length > 0) ||
      isInFailingExample(operation, name, value)
    );
  });
  if (isMissing) return undefined;
  const given = givenFor(operation);
  const foreign = values.find(({ parameter: { name }, value }) => !isSame(given[name], value));
  if (!foreign) return undefined;
  const { name } = foreign.parameter;
  return `the run created no object for ${operation.id}. Pass --parameter ${name}=VALUE with an object that the tests may change`;
}

function isInFailingExample(operation: Operation, name: string, value: ParameterValue): boolean {
  const pairs = findExamplePairs(operation).filter(({ parameters }) => isSame(parameters[name], value));
  // Other errors, such as 409, may come from an object that exists.
  return pairs.length > 0 && pairs.every(({ status }) => ['400', '404', '410', '422'].includes(status));
}

function isSame(one: ParameterValue | undefined, other: ParameterValue | undefined): boolean {
  return one !== undefined && other !== undefined && String(one) === String(other);
}
