import { findExamplePairs, type Operation, resolveLinks } from '@firstofficer/openapi/browser';
import type { ResponseSelection } from '../respond.ts';

/** The values of parameters, by name. */
export type Parameters = Readonly<Record<string, string>>;

/** The response to the requests with these parameters. */
export interface ExampleEntry {
  readonly parameters: Parameters;
  readonly selection: ResponseSelection;
}

/** The examples of an operation, by their path and query parameters. */
export interface ExampleTable {
  /** Whether the examples contain values of path parameters. If so, requests with other values get a 404. */
  readonly isExhaustive: boolean;
  /** Returns what the parameters select. */
  find(parameters: Parameters): ResponseSelection | undefined;
}

/**
 * Creates the example table of an operation.
 *
 * A parameter example selects the response example of the same name. If no response example has this name, it selects
 * the default response, such as a 204, which has no example. The links of a response contain other identifiers of the
 * same object, so these identifiers select the same example.
 *
 * @param own - The own examples of the operation. They come before the examples of the description.
 */
export function createExampleTable(operation: Operation, own: readonly ExampleEntry[] = []): ExampleTable {
  const path = listNames(operation, 'path');
  const selectors = listSelectors(operation);
  const createEntry = (parameters: Parameters, selection: ResponseSelection): ExampleEntry => ({
    parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => selectors.includes(name))),
    selection,
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
  const documented = [...paired, ...linked, ...unpaired].filter(({ parameters }) => countParameters(parameters) > 0);
  const entries = [...sortBySpecificity(own), ...sortBySpecificity(documented)];

  return {
    isExhaustive: entries.some(({ parameters }) => path.some((name) => Object.hasOwn(parameters, name))),
    find: createIndex(entries),
  };
}

/** Returns the names of the parameters that select an example. */
export function listSelectors(operation: Operation): string[] {
  return [...listNames(operation, 'path'), ...listNames(operation, 'query')];
}

function listNames({ parameters }: Operation, location: string): string[] {
  return parameters.filter((parameter) => parameter.in === location).map(({ name }) => name);
}

/** Sorts entries with more parameters first. Entries with as many parameters keep their order. */
function sortBySpecificity(entries: readonly ExampleEntry[]): ExampleEntry[] {
  return entries.toSorted((a, b) => countParameters(b.parameters) - countParameters(a.parameters));
}

function countParameters(parameters: Parameters): number {
  return Object.keys(parameters).length;
}

/** Entries that have the same parameters with different values. */
interface Group {
  readonly names: readonly string[];
  /** The position and the selection of the first entry with these values. */
  readonly byValues: Map<string, { readonly position: number; readonly selection: ResponseSelection }>;
}

/** Returns a function that finds the first entry that matches. Its time does not depend on the number of entries. */
function createIndex(entries: readonly ExampleEntry[]): ExampleTable['find'] {
  const groups = new Map<string, Group>();
  for (const [position, { parameters, selection }] of entries.entries()) {
    const names = Object.keys(parameters).toSorted();
    const id = JSON.stringify(names);
    const { byValues } = groups.get(id) ?? { byValues: new Map() };
    groups.set(id, { names, byValues });
    const values = joinValues(names, parameters);
    if (!byValues.has(values)) byValues.set(values, { position, selection });
  }
  return (given) => {
    const found = [...groups.values()].flatMap(({ names, byValues }) => {
      if (!names.every((name) => Object.hasOwn(given, name))) return [];
      return byValues.get(joinValues(names, given)) ?? [];
    });
    return found.toSorted((a, b) => a.position - b.position)[0]?.selection;
  };
}

function joinValues(names: readonly string[], parameters: Parameters): string {
  return JSON.stringify(names.map((name) => parameters[name]));
}
