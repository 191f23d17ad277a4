import { createPathMatcher, decodeSegment, type Operation } from '@firstofficer/openapi/browser';
import { createExampleTable, type ExampleTable } from './examples/example-table.ts';
import type { OwnExamples } from './examples/own-examples.ts';
import { createParameterReader, listKeyNames, type ParameterReader, type ParameterValues } from './parameters.ts';
import type { ApiRequest } from './tools.ts';

/** A request as the client sent it. */
export interface EngineRequest {
  readonly method: string;
  /** The request target: the path, still percent-encoded, and the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Reads the text of the body. It is called only if the operation has a request body. */
  readBody(): Promise<string | undefined>;
}

/** An operation, and what is prepared to respond to its requests. */
export interface Route {
  readonly operation: Operation;
  readonly match: ReturnType<typeof createPathMatcher>;
  readonly table: ExampleTable;
  readonly readParameters: ParameterReader;
}

/** A route that matches the path of a request. */
export interface Match extends Route {
  /** The path parameters, still percent-encoded. */
  readonly raw: Readonly<Record<string, string>>;
}

/** The parts of a request target, and the routes that they lead to. */
export interface Target {
  /** The path, still percent-encoded. */
  readonly path: string;
  readonly query: ApiRequest['query'];
  /** The routes of the path, with any method. */
  readonly matches: readonly Match[];
  /** The route of the path and the method. */
  readonly route: Match | undefined;
  /** The decoded path parameters; undefined if their encoding is invalid. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
  /** The path, query and header parameters of the operation, without the API key. */
  readonly parameters: ParameterValues;
}

/** Creates the routes of the operations. A path without parameters comes before a template that also matches it. */
export function createRoutes(operations: readonly Operation[], examples: OwnExamples | undefined): Route[] {
  const keyNames = [...new Set(operations.flatMap((operation) => listKeyNames(operation, 'query')))];
  const routes = operations.map(
    (operation): Route => ({
      operation,
      match: createPathMatcher(operation.path),
      table: createExampleTable(operation, examples?.get(operation)),
      readParameters: createParameterReader(operation, keyNames),
    }),
  );
  return routes.toSorted((a, b) => countParameters(a.operation.path) - countParameters(b.operation.path));
}

function countParameters(path: string): number {
  return path.split('{').length - 1;
}

/** Finds the routes of a request, and reads its parameters. */
export function readTarget({ method, target, headers }: EngineRequest, routes: readonly Route[]): Target {
  const { pathname: path, query } = splitTarget(target);
  const matches = routes.flatMap((candidate): Match[] => {
    const raw = candidate.match(path);
    return raw ? [{ ...candidate, raw }] : [];
  });
  const route =
    matches.find(({ operation }) => operation.method === method) ??
    (method === 'HEAD' ? matches.find(({ operation }) => operation.method === 'GET') : undefined);
  const pathParameters = route && decodePath(route.raw);
  const parameters = route?.readParameters({ path: { ...route.raw, ...pathParameters }, query, headers }) ?? {};
  return { path, query, matches, route, pathParameters, parameters };
}

/** Decodes path parameters. Returns undefined if one of them is not valid percent-encoding. */
function decodePath(raw: Match['raw']): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [name, segment] of Object.entries(raw)) {
    const value = decodeSegment(segment);
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return values;
}

/** Splits a request target into path and query. A URL parser would resolve `..` and change the encoding of the path. */
function splitTarget(target: string): { pathname: string; query: ApiRequest['query'] } {
  const [pathname = '', ...search] = target.replace(/^https?:\/\/[^/?#]*/i, '').split('?');
  const parameters = Map.groupBy(new URLSearchParams(search.join('?')), ([name]) => name);
  const query = Object.fromEntries(
    [...parameters].map(([name, pairs]) => {
      const [first = '', ...others] = pairs.map(([, value]) => value);
      return [name, others.length === 0 ? first : [first, ...others]];
    }),
  );
  return { pathname: pathname || '/', query };
}
