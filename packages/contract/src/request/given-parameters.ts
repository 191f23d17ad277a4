import type { Operation, Parameter } from '@firstofficer/openapi';
import type { ParameterValue, ParameterValues } from './serialization.ts';

/**
 * Returns the parameter values that the user gives for an operation.
 *
 * @param given - The values by parameter name, such as `id`, or by operation ID and parameter name, such as
 * `retrieveThing.id`. The latter take precedence.
 */
export function selectGivenParameters({ id, parameters }: Operation, given: ParameterValues): ParameterValues {
  return Object.fromEntries(
    parameters.flatMap((parameter) => {
      const value = given[`${id}.${parameter.name}`] ?? given[parameter.name];
      return value === undefined ? [] : [[parameter.name, parseValue(parameter, value)]];
    }),
  );
}

/** Returns all names under which the values of an operation's parameters can be given. */
export function listParameterNames({ id, parameters }: Operation): string[] {
  return parameters.flatMap(({ name }) => [name, `${id}.${name}`]);
}

/** Parses a value that is given as JSON text if the parameter takes a list or an object. */
function parseValue({ schema }: Parameter, value: ParameterValue): ParameterValue {
  const types = [schema?.type].flat();
  if (typeof value !== 'string' || types.includes('string')) return value;
  const parsed = parseJson(value);
  const isExpected = Array.isArray(parsed)
    ? types.includes('array')
    : typeof parsed === 'object' && parsed !== null && types.includes('object');
  return isExpected ? (parsed as ParameterValue) : value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
