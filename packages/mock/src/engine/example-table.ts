import { findExamplePairs, type Operation, resolveLinks } from '@firstofficer/openapi/browser';
import type { ResponseSelection } from './respond.ts';

/** The values of parameters, by name. */
type Parameters = Readonly<Record<string, string>>;

interface Entry {
  readonly parameters: Parameters;
  readonly preferences: ResponseSelection;
}

/** The examples of an operation, by their path and query parameters. */
export interface ExampleTable {
  /** Whether the examples contain values of path parameters. If so, requests with other values get a 404. */
  readonly isExhaustive: boolean;
  /** Returns the preferences that select the response example of the parameters. */
  find(parameters: Parameters): ResponseSelection | undefined;
}

/**
 * Creates the example table of an operation.
 *
 * A parameter example selects the response example of the same name. If no response example has this name, it selects
 * the default response, such as a 204, which has no example. The links of a response contain other identifiers of the
 * same object, so these identifiers select the same example.
 */
export function createExampleTable(operation: Operation): ExampleTable {
  const namesIn = (location: string) =>
    operation.parameters.filter((parameter) => parameter.in === location).map(({ name }) => name);
  const path = namesIn('path');
  const selectors = [...path, ...namesIn('query')];
  const createEntry = (parameters: Parameters, preferences: ResponseSelection): Entry => ({
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => selectors.includes(name))),
    preferences,
  });

  const pairs = findExamplePairs(operation);
  const paired = pairs.map(({ parameters, status, name }) => createEntry(parameters, { status, example: name }));
  const linked = pairs.flatMap(({ status, name, body }) =>
    resolveLinks(operation, status, body)
      .filter(({ operationId }) => operationId === operation.id)
      .map(({ parameters }) => createEntry(parameters, { status, example: name })),
  );
  const pairedNames = new Set(pairs.map(({ name }) => name));
  const unpaired = operation.parameters.flatMap(({ name, examples = {} }) =>
    Object.entries(examples)
      .filter(([example, { value }]) => !pairedNames.has(example) && typeof value !== 'object' && path.includes(name))
      .map(([, { value }]) => createEntry({ [name]: String(value) }, {})),
  );
  // Entries with more parameters come first. The sort is stable, so examples come before links with as many parameters.
  const entries = [...paired, ...linked, ...unpaired]
    .filter(({ parameters }) => Object.keys(parameters).length > 0)
    .toSorted((a, b) => Object.keys(b.parameters).length - Object.keys(a.parameters).length);

  return {
    isExhaustive: entries.some(({ parameters }) => path.some((name) => name in parameters)),
    find: (given) =>
      entries.find(({ parameters }) => Object.entries(parameters).every(([name, value]) => given[name] === value))
        ?.preferences,
  };
}
