import type { Operation } from '@firstofficer/openapi';
import type { ParameterValues } from '../request/serialization.ts';
import type { Validator } from '../schema/validation.ts';
import { type BaseBody, createBody, createParameterValues } from './example-data.ts';

/** Why something is left out, in words for the report. */
export interface Skipped {
  readonly skipped: string;
}

/** Returns whether something is left out. */
export function isSkipped(result: object): result is Skipped {
  return 'skipped' in result;
}

/** The data of requests that are likely to succeed. */
export interface BaseData {
  /** Returns the body of an operation, or why there is none. */
  bodyFor(operation: Operation): BaseBody | Skipped;
  /** Returns values of all required parameters of an operation, and of others that are known. */
  parametersFor(operation: Operation): ParameterValues;
}

/**
 * Creates the data of requests from the description.
 *
 * @param knownFor - Returns the parameter values that are known for the target.
 */
export function createBaseData(validator: Validator, knownFor: (operation: Operation) => ParameterValues): BaseData {
  return {
    bodyFor(operation) {
      const types = Object.keys(operation.requestBody?.content ?? {});
      const reason =
        types.length === 0
          ? 'the operation has no request body'
          : `the tests cannot create a body of the type ${types.join(' or ')}`;
      return createBody(operation, validator) ?? { skipped: reason };
    },
    parametersFor: (operation) => createParameterValues(operation, knownFor(operation), validator),
  };
}
