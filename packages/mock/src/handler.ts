import { STATUS_CODES } from 'node:http';
import {
  type Description,
  decodeSegment,
  fillPath,
  type Operation,
  pathMatcher,
  responseFor,
} from '@firstofficer/openapi';
import { type Answer, answerOf, problem } from './answer.ts';
import { isAuthorized } from './authorization.ts';
import { type ExampleTable, exampleTable } from './example-table.ts';
import { findFault, readPreference } from './prefer.ts';
import type { Respond, Wish } from './prism.ts';

/** A request as it came in. */
export interface MockRequest {
  readonly method: string;
  /** The request target: the path as it was sent, and the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Reads the body; called only if there is one to be read. */
  body(): Promise<unknown>;
}

interface Route {
  readonly operation: Operation;
  readonly match: ReturnType<typeof pathMatcher>;
  readonly table: ExampleTable;
}

/** A route that fits a request's path, and the path parameters as they were sent. */
interface Match extends Route {
  readonly raw: Readonly<Record<string, string>>;
}

/** Answers requests as the API would, from the description's examples. */
export function createHandler(
  { operations }: Description,
  respond: Respond,
  key: string,
): (request: MockRequest) => Promise<Answer> {
  const routes = operations
    .map((operation): Route => ({ operation, match: pathMatcher(operation.path), table: exampleTable(operation) }))
    // A concrete path wins over a templated one that it fits.
    .toSorted((a, b) => parameterCount(a.operation.path) - parameterCount(b.operation.path));

  return async (request) => {
    const { pathname, query } = splitTarget(request.target);
    const matches = routes.flatMap((candidate): Match[] => {
      const raw = candidate.match(pathname);
      return raw ? [{ ...candidate, raw }] : [];
    });
    const route =
      matches.find(({ operation }) => operation.method === request.method) ??
      (request.method === 'HEAD' ? matches.find(({ operation }) => operation.method === 'GET') : undefined);

    // The key comes first, so that a 401 says nothing of what exists. An unknown path asks for it as its API does.
    const guard = route ?? matches[0] ?? routes[0];
    if (guard && !isAuthorized(guard.operation, { headers: request.headers, query }, key)) {
      const { responses } = guard.operation;
      return answerAnyway(respond, guard.operation, !responses['401'] && responses['403'] ? '403' : '401');
    }
    if (matches.length === 0) return problem(404, `No such path. This API serves ${pathsOf(operations)}.`);
    if (!route) return methodNotAllowed(request.method, matches);
    return answerRoute(respond, route, request, query);
  };
}

type Query = Readonly<Record<string, string | string[]>>;

async function answerRoute(
  respond: Respond,
  { operation, table, raw }: Match,
  request: MockRequest,
  query: Query,
): Promise<Answer> {
  const decoded = Object.entries(raw).map(([name, value]) => [name, decodeSegment(value)] as const);
  if (decoded.some(([, value]) => value === undefined)) return answerAnyway(respond, operation, '400');

  // Prism takes it for a fault of its own.
  if (Object.keys(operation.responses).length === 0) return answerOf(204, {}, undefined);

  const preference = readPreference(request.headers.prefer);
  const fault = findFault(operation, preference);
  if (fault !== undefined) return problem(400, fault);

  const parameters = Object.fromEntries(decoded) as Record<string, string>;
  const prefers = preference.status !== undefined || preference.example !== undefined;
  const wish = prefers ? preference : wishFrom(table, { ...singleValues(query), ...parameters });
  if (wish.status !== undefined && !responseFor(operation, Number(wish.status))) {
    return problem(Number(wish.status), 'No example of the description has these parameters.');
  }
  return respond(
    operation,
    {
      path: fillPath(operation.path, parameters),
      query,
      headers: headersFor(operation, request.headers),
      body: operation.requestBody ? await request.body() : undefined,
    },
    wish,
  );
}

function wishFrom(table: ExampleTable, parameters: Readonly<Record<string, string>>): Wish {
  return table.find(parameters) ?? (table.isExhaustive ? { status: '404' } : {});
}

/** A documented answer that the parameters have no part in. */
async function answerAnyway(respond: Respond, operation: Operation, status: '400' | '401' | '403'): Promise<Answer> {
  if (!responseFor(operation, Number(status))) return problem(Number(status), `${STATUS_CODES[status]}.`);
  // The template itself serves as a path that fits, whatever the request's own looked like.
  const request = { path: operation.path, query: {}, headers: {}, body: undefined };
  return respond(operation, request, { status, validate: false });
}

function methodNotAllowed(method: string, matches: readonly Route[]): Answer {
  const allow = allowedMethods(matches.map(({ operation }) => operation));
  return problem(405, `${method} is not allowed here. Allowed: ${allow}.`, { Allow: allow });
}

/** The value of `Allow`: the methods of these operations, and HEAD wherever there is GET. */
export function allowedMethods(operations: readonly Operation[]): string {
  const methods = operations.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...new Set(methods)].join(', ');
}

/** The headers that Prism sees. It would negotiate by Accept, where the API always answers JSON, and judge any body. */
function headersFor({ requestBody }: Operation, headers: Readonly<Record<string, string>>): Record<string, string> {
  const hidden = requestBody ? ['accept'] : ['accept', 'content-type', 'content-length', 'transfer-encoding'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hidden.includes(name)));
}

function parameterCount(path: string): number {
  return path.split('{').length;
}

function pathsOf(operations: readonly Operation[]): string {
  return [...new Set(operations.map(({ path }) => path))].join(', ');
}

/** Splits by hand: a URL parser would resolve `..` and re-encode what was sent. */
function splitTarget(target: string): { pathname: string; query: Query } {
  const [pathname = '', ...search] = target.replace(/^https?:\/\/[^/?#]*/i, '').split('?');
  const parameters = new URLSearchParams(search.join('?'));
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return { pathname: pathname || '/', query };
}

function singleValues(query: Query): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
