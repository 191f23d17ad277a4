import {
  type CredentialSource,
  createPathMatcher,
  type Description,
  decodeSegment,
  fillPath,
  findResponse,
  type Operation,
  readApiKey,
} from '@firstofficer/openapi/browser';
import type { Answer } from './answer.ts';
import type { EngineState } from './control.ts';
import { type CreateError, createErrorFactory, formatViolation } from './errors.ts';
import { createExampleTable, type ExampleTable } from './example-table.ts';
import type { FailCounter } from './fail-counter.ts';
import { overrideBody, overrideHeaders } from './override-response.ts';
import type { OwnExamples } from './own-examples.ts';
import { createParameterReader, listKeyNames, type ParameterReader, type ParameterValues } from './parameters.ts';
import { createFailure, createSuccess, type Preferences, parsePreferences } from './preferences.ts';
import type { RequestRecord } from './received.ts';
import { RequestBodyError } from './request-body-error.ts';
import {
  createRespond,
  findDocumented,
  isFinal,
  type Respond,
  type Responded,
  type ResponseSelection,
} from './respond.ts';
import { createResponse, type MockResponse } from './response.ts';
import { createHeaderReplacer } from './response-headers.ts';
import type { Tools, Violation } from './tools.ts';

/** A request as the client sent it. */
interface EngineRequest {
  readonly method: string;
  /** The request target: the path, still percent-encoded, and the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Reads the text of the body. It is called only if the operation has a request body. */
  readBody(): Promise<string | undefined>;
}

/** A response, and how to send it. */
export interface EngineResponse extends MockResponse {
  /** How long to wait before the first byte, in milliseconds. */
  readonly delay?: number | undefined;
  /** Where to cut the connection. */
  readonly drop?: Answer['drop'];
  /** The record of the request. Whoever sends the response completes it. */
  readonly record?: RequestRecord | undefined;
}

/** Responds to the requests to an API, without a server. */
export interface Engine {
  handle(request: EngineRequest): Promise<EngineResponse>;
  /** The value of the `Allow` header for a request whose path is unknown: the methods of all operations. */
  readonly allow: string;
  /** Creates an error response to a request that the engine cannot handle. */
  readonly createError: CreateError;
}

/**
 * The possible statuses of a rejected request, by reason. The operation responds with the first one that it documents,
 * or with the first one of the list if it documents none of them.
 */
const REJECTION_STATUSES = { invalid: ['400', '422'], unauthorized: ['401', '403'], notFound: ['404'] } as const;

/** Why a request is rejected, if the operation does not document a response with the status. */
const REJECTION_MESSAGES = {
  invalid: 'The path must be valid percent-encoding of UTF-8.',
  unauthorized:
    'The API key is missing or wrong. Send the key of --token, as the security scheme of the operation says.',
} as const;

interface Route {
  readonly operation: Operation;
  readonly match: ReturnType<typeof createPathMatcher>;
  readonly table: ExampleTable;
  readonly readParameters: ParameterReader;
}

/** A route that matches the path of a request. */
interface Match extends Route {
  /** The path parameters, still percent-encoded. */
  readonly raw: Readonly<Record<string, string>>;
}

/** What the target of a request asks for. */
interface Target {
  /** The path, still percent-encoded. */
  readonly path: string;
  readonly query: Query;
  /** The routes of the path, with any method. */
  readonly matches: readonly Match[];
  /** The route of the path and the method. */
  readonly route: Match | undefined;
  /** The decoded path parameters; undefined if their encoding is invalid. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
  /** The path, query and header parameters of the operation, without the API key. */
  readonly parameters: ParameterValues;
}

/** A response, and the operation and the answer that it was selected for. */
interface SelectedResponse {
  readonly response: MockResponse;
  readonly operation?: Operation;
  readonly answer?: Answer;
}

/** What an engine needs besides the description. */
export interface EngineOptions extends EngineState {
  /** The API key that requests must carry. */
  readonly key: string;
  /** Whether the `Accept` header selects the content type. The API of FirstOfficer ignores it. */
  readonly isNegotiated: boolean;
  /** Examples that come before those of the description. */
  readonly examples?: OwnExamples;
}

/** Creates responses. */
interface Responder {
  readonly respond: Respond;
  readonly createError: CreateError;
  /** Returns the seed of the next random data. */
  readonly createSeed: () => string;
}

/** Creates an engine that responds to requests with the examples of the description. */
export function createEngine(
  { operations }: Pick<Description, 'operations'>,
  tools: Tools,
  options: EngineOptions,
): Engine {
  const { key, redact, received, scenarios, failCounter, createSeed, isNegotiated, examples } = options;
  const createDetailedError = createErrorFactory(operations);
  // A message may quote the request.
  const createError: CreateError = (status, message, { violations = [], ...details } = {}) =>
    createDetailedError(status, redact(message), {
      ...details,
      violations: violations.map((violation) => ({
        ...violation,
        location: redact(violation.location),
        message: redact(violation.message),
      })),
    });
  const respond = createRespond({ tools, createError, isNegotiated });
  const responder: Responder = { respond, createError, createSeed };
  const replaceHeaders = createHeaderReplacer();
  const keyNames = [...new Set(operations.flatMap((operation) => listKeyNames(operation, 'query')))];
  const routes = operations
    .map(
      (operation): Route => ({
        operation,
        match: createPathMatcher(operation.path),
        table: createExampleTable(operation, examples?.get(operation)),
        readParameters: createParameterReader(operation, keyNames),
      }),
    )
    // A path without parameters is matched before a template that also matches it.
    .toSorted((a, b) => countParameters(a.operation.path) - countParameters(b.operation.path));

  async function handle(request: EngineRequest): Promise<EngineResponse> {
    const target = readTarget(request, routes);
    const { path, route, parameters } = target;
    const record = received.add({ method: request.method, path, operation: route?.operation.id, parameters });
    const {
      response,
      operation,
      answer = {},
    } = await selectResponse(request, target, record).catch((error: unknown) => describeFailure(createError, error));
    const described = operation ? replaceHeaders(overrideBody(response, answer), operation, request.headers) : response;
    return { ...overrideHeaders(described, answer), delay: answer.delay, drop: answer.drop, record };
  }

  async function selectResponse(
    request: EngineRequest,
    { matches, route, query, parameters, pathParameters }: Target,
    record: RequestRecord,
  ): Promise<SelectedResponse> {
    // The key is checked first, so that a 401 does not reveal what exists. Unknown paths and methods need the key, too.
    const { operation } = route ?? matches[0] ?? routes[0] ?? {};
    if (operation && !isAuthorized(operation, { headers: request.headers, query }, key)) {
      return { response: await reject(responder, operation, 'unauthorized'), operation };
    }
    if (matches.length === 0) {
      const message = `Unknown path. This API has the paths ${listPaths(operations)}.`;
      return { response: createError(404, message) };
    }
    if (!route) return { response: rejectMethod(createError, request.method, matches) };

    const requested = parsePreferences(request.headers.prefer, route.operation);
    if ('error' in requested) {
      record.violations = [requested.error];
      return { response: createError(400, requested.error) };
    }
    const preferred = countFailure(request, requested.preferences, failCounter);
    const scenario = preferred ? undefined : scenarios.find(route.operation, parameters);
    record.isScenario = scenario !== undefined;
    const answer = preferred ?? scenario ?? {};
    const responded = await respondToMatch({ responder, match: route, request, query, pathParameters, answer });
    record.violations = responded.violations.map(formatViolation);
    return { response: responded.response, operation: route.operation, answer };
  }

  return { handle, allow: listAllowedMethods(operations), createError };
}

/** Returns whether the operation needs no key, or the request carries the key in a form that the operation accepts. */
function isAuthorized({ security }: Operation, request: CredentialSource, key: string): boolean {
  if (security.length === 0) return true;
  return security.some((schemes) => Object.values(schemes).every((scheme) => readApiKey(request, scheme) === key));
}

type Query = Readonly<Record<string, string | string[]>>;

interface MatchedRequest {
  readonly responder: Responder;
  readonly match: Match;
  readonly request: EngineRequest;
  readonly query: Query;
  readonly pathParameters: Target['pathParameters'];
  readonly answer: Answer;
}

const INVALID_ENCODING: Violation = {
  location: 'path',
  message: 'must be valid percent-encoding of UTF-8',
  status: 400,
};

async function respondToMatch(matched: MatchedRequest): Promise<Responded> {
  const { responder, match, request, query, pathParameters, answer } = matched;
  const { respond, createError, createSeed } = responder;
  const { operation } = match;
  const { code } = answer;
  if (code !== undefined && !findResponse(operation, code)) {
    return withoutViolations(createUndocumentedResponse(createError, code));
  }
  const selection =
    selectAnswer(answer, createSeed) ?? selectExample(match, answer, { ...pickSingleValues(query), ...pathParameters });
  if (code !== undefined && code >= 300) {
    return withoutViolations(await respondWithoutValidation(respond, operation, selection));
  }
  if (!pathParameters)
    return { response: await reject(responder, operation, 'invalid'), violations: [INVALID_ENCODING] };

  // Prism fails for operations without documented responses.
  if (!Object.keys(operation.responses).some(isFinal)) return withoutViolations(createResponse(204, {}, undefined));

  const { status } = selection;
  if (status !== undefined && !(status in operation.responses) && !findResponse(operation, Number(status))) {
    return withoutViolations(
      createError(Number(status), 'No example matches these parameters. The examples are in the API description.'),
    );
  }
  return respond({
    operation,
    request: {
      path: fillPath(operation.path, pathParameters),
      query,
      headers: request.headers,
      body: operation.requestBody ? await request.readBody() : undefined,
    },
    ...selection,
    accept: request.headers.accept,
    validate: true,
  });
}

function withoutViolations(response: MockResponse): Responded {
  return { response, violations: [] };
}

function readTarget({ method, target, headers }: EngineRequest, routes: readonly Route[]): Target {
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

/** Returns the response to a request whose body cannot be read, or that the mock fails to answer. */
function describeFailure(createError: CreateError, error: unknown): SelectedResponse {
  if (error instanceof RequestBodyError) {
    return { response: createError(error.status, error.message, { headers: error.headers }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { response: createError(500, `The mock failed: ${message}`) };
}

/** Returns what an answer selects by name or as random data, or undefined if the parameters of the request decide. */
function selectAnswer(
  { code, example, dynamic, seed }: Answer,
  createSeed: () => string,
): ResponseSelection | undefined {
  if (example === undefined && !dynamic) return undefined;
  return {
    ...(code !== undefined && { status: String(code) }),
    ...(example !== undefined && { example }),
    ...(dynamic && { seed: String(seed ?? createSeed()) }),
  };
}

/** Returns what the parameters of a request select. If the answer has a status, only an example of this status counts. */
function selectExample(
  { operation, table }: Match,
  { code }: Answer,
  parameters: Readonly<Record<string, string>>,
): ResponseSelection {
  const found = table.find(parameters);
  if (code === undefined) return found ?? (table.isExhaustive ? { status: pickStatus(operation, 'notFound') } : {});
  const status = String(code);
  const hasStatus = found && findDocumented(operation, found.status)?.key === findDocumented(operation, status)?.key;
  return hasStatus ? { ...found, status } : { status };
}

/** Returns the documented response to a request that is rejected before Prism validates it. */
async function reject(
  { respond, createError }: Responder,
  operation: Operation,
  reason: keyof typeof REJECTION_MESSAGES,
): Promise<MockResponse> {
  const status = pickStatus(operation, reason);
  if (!findResponse(operation, Number(status))) return createError(Number(status), REJECTION_MESSAGES[reason]);
  return respondWithoutValidation(respond, operation, { status });
}

async function respondWithoutValidation(
  respond: Respond,
  operation: Operation,
  selection: ResponseSelection,
): Promise<MockResponse> {
  // Prism needs a path that matches the operation. The path of the request may be invalid, so the template is used.
  const request = { path: operation.path, query: {}, headers: {}, body: undefined };
  const { response } = await respond({ operation, request, ...selection, validate: false });
  return response;
}

/** Returns a response with a status that the description does not document. */
function createUndocumentedResponse(createError: CreateError, code: number): MockResponse {
  if (code < 400) return createResponse(code, {}, undefined);
  const headers: MockResponse['headers'] = [429, 503].includes(code) ? { 'Retry-After': '1' } : {};
  return createError(code, `The mock was asked for ${code}, which the description does not document.`, { headers });
}

/**
 * Returns the answer that a request asks for, or undefined if it has no preferences. Requests with `fail` are counted by
 * their method, target and header.
 */
function countFailure(
  { method, target, headers }: EngineRequest,
  preferences: Preferences,
  counter: FailCounter,
): Answer | undefined {
  const { fail, ...answer } = preferences;
  if (Object.keys(preferences).length === 0) return undefined;
  if (fail === undefined) return answer;
  const isFailure = counter.isFailure(`${method} ${target} ${headers.prefer}`, fail);
  return isFailure ? createFailure(preferences) : createSuccess(preferences);
}

function pickStatus({ responses }: Operation, reason: keyof typeof REJECTION_STATUSES): string {
  const [standard, ...others] = REJECTION_STATUSES[reason];
  return [standard, ...others].find((status) => status in responses) ?? standard;
}

function rejectMethod(createError: CreateError, method: string, matches: readonly Route[]): MockResponse {
  const allow = listAllowedMethods(matches.map(({ operation }) => operation));
  return createError(405, `${method} is not allowed here. Allowed methods: ${allow}.`, { headers: { Allow: allow } });
}

/** Returns the value of the `Allow` header: the methods of the operations, with HEAD added to GET. */
function listAllowedMethods(operations: readonly Operation[]): string {
  const methods = operations.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...new Set(methods)].join(', ');
}

function countParameters(path: string): number {
  return path.split('{').length - 1;
}

function listPaths(operations: readonly Operation[]): string {
  return [...new Set(operations.map(({ path }) => path))].join(', ');
}

/** Splits a request target into path and query. A URL parser would resolve `..` and change the encoding of the path. */
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

function pickSingleValues(query: Query): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
