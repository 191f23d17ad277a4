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
 *
 * @param keyNames - The query parameters that carry the key in any operation. A client may send them to each operation.
 */
export function createParameterReader(operation: Operation, keyNames: readonly string[]): ParameterReader {
  const readable = listReadableParameters(operation);
  const listNames = (location: Parameter['in']) =>
    readable.filter((parameter) => parameter.in === location).map(({ name }) => name);
  const headerNames = listNames('header');
  const queryNames = listNames('query');
  const hiddenQuery = keyNames.filter((name) => !queryNames.includes(name));
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
  const headers = listKeyNames(operation, 'header').map((name) => name.toLowerCase());
  const query = listKeyNames(operation, 'query');
  return operation.parameters.filter(({ name, in: location }) => {
    if (location === 'header') return !headers.includes(name.toLowerCase());
    return location === 'path' || (location === 'query' && !query.includes(name));
  });
}

/** Returns the names of the headers or query parameters that carry an API key. */
export function listKeyNames({ security }: Operation, location: 'header' | 'query'): string[] {
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
