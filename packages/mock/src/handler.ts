import { STATUS_CODES } from 'node:http';
import { type Description, decodeSegment, fillPath, matchPath, type Operation } from '@firstofficer/openapi';
import { type Answer, problem } from './answer.ts';
import { isAuthorized } from './authorization.ts';
import { type ExampleTable, exampleTable } from './example-table.ts';
import { findFault, readPreference } from './prefer.ts';
import type { PrismRequest, Respond, Wish } from './prism.ts';

/** A request as it came in. */
export interface MockRequest {
  readonly method: string;
  /** The request target: the path as it was sent, and the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface Route {
  readonly operation: Operation;
  readonly table: ExampleTable;
}

/** Answers requests as the API would, from the description's examples. */
export function createHandler(
  { operations }: Description,
  respond: Respond,
  key: string,
): (request: MockRequest) => Promise<Answer> {
  const routes = operations.map((operation): Route => ({ operation, table: exampleTable(operation) }));

  return async (request) => {
    const { pathname, query } = splitTarget(request.target);
    const matches = routes.filter(({ operation }) => matchPath(operation.path, pathname));
    const route =
      matches.find(({ operation }) => operation.method === request.method) ??
      (request.method === 'HEAD' ? matches.find(({ operation }) => operation.method === 'GET') : undefined);

    // The key comes first, so that a 401 says nothing of what exists. An unknown path asks for it as its API does.
    const guard = route ?? matches[0] ?? routes[0];
    if (guard && !isAuthorized(guard.operation, request.headers.authorization, key)) {
      return answerAnyway(respond, guard.operation, '401');
    }
    if (matches.length === 0) return problem(404, `No such path. This API serves ${pathsOf(operations)}.`);
    if (!route) return methodNotAllowed(request.method, matches);
    return answerRoute(respond, route, pathname, {
      query,
      headers: withoutAccept(request.headers),
      body: request.body,
    });
  };
}

async function answerRoute(
  respond: Respond,
  { operation, table }: Route,
  pathname: string,
  request: Omit<PrismRequest, 'path'>,
): Promise<Answer> {
  const raw = Object.entries(matchPath(operation.path, pathname) ?? {});
  const decoded = raw.map(([name, value]) => [name, decodeSegment(value)] as const);
  if (decoded.some(([, value]) => value === undefined)) return answerAnyway(respond, operation, '400');

  const preference = readPreference(request.headers.prefer);
  const fault = findFault(operation, preference);
  if (fault !== undefined) return problem(400, fault);

  const parameters = Object.fromEntries(decoded) as Record<string, string>;
  const prefers = preference.status !== undefined || preference.example !== undefined;
  const wish = prefers ? preference : wishFrom(table, parameters);
  return respond(operation, { ...request, path: fillPath(operation.path, parameters) }, wish);
}

function wishFrom(table: ExampleTable, parameters: Readonly<Record<string, string>>): Wish {
  if (!table.selects) return {};
  return table.find(parameters) ?? { status: '404' };
}

/** A documented answer that the parameters have no part in. */
async function answerAnyway(respond: Respond, operation: Operation, status: '400' | '401'): Promise<Answer> {
  if (!operation.responses[status]) return problem(Number(status), `${STATUS_CODES[status]}.`);
  // The template itself serves as a path that fits, whatever the request's own looked like.
  const request = { path: operation.path, query: {}, headers: {}, body: undefined };
  return respond(operation, request, { status, validate: false });
}

function methodNotAllowed(method: string, matches: readonly Route[]): Answer {
  const allowed = matches.flatMap(({ operation }) =>
    operation.method === 'GET' ? ['GET', 'HEAD'] : [operation.method],
  );
  const allow = [...new Set(allowed)].join(', ');
  return problem(405, `${method} is not allowed here. Allowed: ${allow}.`, { Allow: allow });
}

/** The API always answers JSON, whatever the request accepts; Prism would negotiate. */
function withoutAccept({ accept: _, ...headers }: Readonly<Record<string, string>>): Record<string, string> {
  return headers;
}

function pathsOf(operations: readonly Operation[]): string {
  return [...new Set(operations.map(({ path }) => path))].join(', ');
}

/** Splits by hand: a URL parser would resolve `..` and re-encode what was sent. */
function splitTarget(target: string): { pathname: string; query: Record<string, string | string[]> } {
  const [pathname = '', ...search] = target.replace(/^https?:\/\/[^/?#]*/i, '').split('?');
  const parameters = new URLSearchParams(search.join('?'));
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return { pathname: pathname || '/', query };
}
