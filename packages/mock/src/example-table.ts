import { examplePairs, followLinks, type Operation } from '@firstofficer/openapi';

/** Values of parameters, by name. */
type Parameters = Readonly<Record<string, string>>;

/** The response example that answers a request. */
interface Selection {
  readonly status: string;
  readonly example: string;
}

interface Entry extends Selection {
  readonly parameters: Parameters;
}

/** Which example answers which path and query parameters. */
export interface ExampleTable {
  /** Whether examples name values of path parameters, so that any other value names nothing that exists. */
  readonly isExhaustive: boolean;
  find(parameters: Parameters): Selection | undefined;
}

/**
 * Reads the examples of an operation as a live server's data: the examples of parameters select the response example of
 * the same name. The links of that response name the same object by its other identifiers, so these select it too.
 */
export function exampleTable(operation: Operation): ExampleTable {
  const namesIn = (place: string) => operation.parameters.filter((p) => p.in === place).map(({ name }) => name);
  const path = namesIn('path');
  const selecting = [...path, ...namesIn('query')];
  const only = (parameters: Parameters) =>
    Object.fromEntries(Object.entries(parameters).filter(([name]) => selecting.includes(name)));

  const pairs = examplePairs(operation);
  const direct = pairs.map(({ parameters, status, name }) => ({ parameters: only(parameters), status, example: name }));
  const linked = pairs.flatMap(({ status, name, body }) =>
    followLinks(operation, status, body)
      .filter(({ operationId }) => operationId === operation.id)
      .map(({ parameters }) => ({ parameters: only(parameters), status, example: name })),
  );
  // The most specific first; links come after examples that say the same outright.
  const entries: Entry[] = [...direct, ...linked]
    .filter(({ parameters }) => Object.keys(parameters).length > 0)
    .toSorted((a, b) => Object.keys(b.parameters).length - Object.keys(a.parameters).length);

  return {
    isExhaustive: entries.some(({ parameters }) => path.some((name) => name in parameters)),
    find: (given) =>
      entries.find(({ parameters }) => Object.entries(parameters).every(([name, value]) => given[name] === value)),
  };
}
