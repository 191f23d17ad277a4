import { findExamplePairs, type Operation, resolveLinks } from '@firstofficer/openapi';

/** The values of parameters, by name. */
type Parameters = Readonly<Record<string, string>>;

/** Identifies a response example. */
interface Selection {
  readonly status: string;
  readonly example: string;
}

interface Entry extends Selection {
  readonly parameters: Parameters;
}

/** Finds the response example that belongs to path and query parameters. */
export interface ExampleTable {
  /** Whether the examples contain values of path parameters. Requests with any other value are then not found. */
  readonly isExhaustive: boolean;
  find(parameters: Parameters): Selection | undefined;
}

/**
 * Creates the example table of an operation.
 *
 * A parameter example selects the response example of the same name. The links of that response contain other
 * identifiers of the same object, so these identifiers select the same example.
 */
export function createExampleTable(operation: Operation): ExampleTable {
  const parameterNames = (location: string) =>
    operation.parameters.filter((p) => p.in === location).map(({ name }) => name);
  const path = parameterNames('path');
  const selectors = [...path, ...parameterNames('query')];
  const pickSelectors = (parameters: Parameters) =>
    Object.fromEntries(Object.entries(parameters).filter(([name]) => selectors.includes(name)));

  const pairs = findExamplePairs(operation);
  const direct = pairs.map(({ parameters, status, name }) => ({
    parameters: pickSelectors(parameters),
    status,
    example: name,
  }));
  const linked = pairs.flatMap(({ status, name, body }) =>
    resolveLinks(operation, status, body)
      .filter(({ operationId }) => operationId === operation.id)
      .map(({ parameters }) => ({ parameters: pickSelectors(parameters), status, example: name })),
  );
  // Entries with more parameters come first. The sort is stable, so examples come before links with as many parameters.
  const entries: Entry[] = [...direct, ...linked]
    .filter(({ parameters }) => Object.keys(parameters).length > 0)
    .toSorted((a, b) => Object.keys(b.parameters).length - Object.keys(a.parameters).length);

  return {
    isExhaustive: entries.some(({ parameters }) => path.some((name) => name in parameters)),
    find: (given) =>
      entries.find(({ parameters }) => Object.entries(parameters).every(([name, value]) => given[name] === value)),
  };
}
