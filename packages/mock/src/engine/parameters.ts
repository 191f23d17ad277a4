import type { Operation, Parameter } from '@firstofficer/openapi/browser';

/** The decoded values of the parameters of a request, by name. */
export type ParameterValues = Readonly<Record<string, string | readonly string[]>>;

interface ParameterSources {
  readonly path: Readonly<Record<string, string>>;
  readonly query: ParameterValues;
  /** The headers, by name in lowercase. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Returns the path, query and documented header parameters of a request. */
export type ParameterReader = (sources: ParameterSources) => ParameterValues;

/**
 * Creates the parameter reader of an operation. It leaves out the parameters that carry an API key: a wrong key may be
 * the right key of another server.
 */
export function createParameterReader(operation: Operation): ParameterReader {
  const hiddenQuery = listCredentials(operation, 'query');
  const headerNames = listReadableParameters(operation).flatMap(({ name, in: location }) =>
    location === 'header' ? [name] : [],
  );
  return ({ path, query, headers }) => {
    const values: Record<string, string | readonly string[]> = { ...query };
    for (const name of hiddenQuery) delete values[name];
    for (const name of headerNames) {
      const value = headers[name.toLowerCase()];
      if (value !== undefined) values[name] = value;
    }
    return Object.assign(values, path);
  };
}

/** Returns whether the parameter reader of an operation can return a parameter of this name. */
export function isParameterName(operation: Operation, name: string): boolean {
  // In a query, a deepObject has a parameter for each member, such as filter[status].
  return listReadableParameters(operation).some(
    (parameter) => parameter.name === name || (parameter.in === 'query' && name.startsWith(`${parameter.name}[`)),
  );
}

/** Returns the path, query and header parameters that carry no API key. */
export function listReadableParameters(operation: Operation): Parameter[] {
  const headers = listCredentials(operation, 'header').map((name) => name.toLowerCase());
  const query = listCredentials(operation, 'query');
  return operation.parameters.filter(({ name, in: location }) => {
    if (location === 'header') return !headers.includes(name.toLowerCase());
    return location === 'path' || (location === 'query' && !query.includes(name));
  });
}

/** Returns the names of the headers or query parameters that carry an API key. */
function listCredentials({ security }: Operation, location: 'header' | 'query'): string[] {
  return security
    .flatMap((schemes) => Object.values(schemes))
    .flatMap((scheme) => (scheme.in === location && scheme.name ? [scheme.name] : []));
}

/** Returns whether a request has all expected values. A parameter that is given several times has each of its values. */
export function hasParameters(
  given: ParameterValues,
  expected: readonly (readonly [name: string, value: string])[],
): boolean {
  return expected.every(([name, value]) => {
    const actual = Object.hasOwn(given, name) ? given[name] : undefined;
    return typeof actual === 'object' ? actual.includes(value) : actual === value;
  });
}
