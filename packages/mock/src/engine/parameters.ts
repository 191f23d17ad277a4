import type { Operation } from '@firstofficer/openapi';

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
export function createParameterReader({ parameters, security }: Operation): ParameterReader {
  const schemes = security.flatMap((alternatives) => Object.values(alternatives));
  const credentials = (location: string) =>
    schemes.flatMap(({ in: schemeLocation, name }) => (schemeLocation === location && name ? [name] : []));
  const hiddenHeaders = credentials('header').map((name) => name.toLowerCase());
  const headerNames = parameters
    .filter(({ name, in: location }) => location === 'header' && !hiddenHeaders.includes(name.toLowerCase()))
    .map(({ name }) => name);
  const hiddenQuery = credentials('query');

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

/** Returns whether a request has all expected values. A parameter that is given several times has each of its values. */
export function hasParameters(
  given: ParameterValues,
  expected: Readonly<Record<string, string | number | boolean>> = {},
): boolean {
  return Object.entries(expected).every(([name, value]) => {
    const actual = Object.hasOwn(given, name) ? given[name] : undefined;
    return typeof actual === 'object' ? actual.includes(String(value)) : actual === String(value);
  });
}
