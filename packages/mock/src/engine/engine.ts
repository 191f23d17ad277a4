import { type CredentialSource, findResponse, type Operation, readApiKey } from '@firstofficer/openapi/browser';
import type { Answer } from './answer.ts';
import type { EngineState } from './control.ts';
import { findDocumented, isFinal } from './documented-response.ts';
import { type CreateError, createErrorFactory, formatViolation } from './errors.ts';
import type { OwnExamples } from './examples/own-examples.ts';
import { overrideBody, overrideHeaders } from './override-response.ts';
import { parsePreferences, toAnswer } from './preferences.ts';
import type { RequestRecord } from './received.ts';
import type { Redact } from './redaction.ts';
import { listAllowedMethods, reject, rejectMethod, rejectPath } from './rejections.ts';
import { RequestBodyError } from './request-body-error.ts';
import { createRespond, type Responded } from './respond.ts';
import { canHaveBody, createResponse, type MockResponse } from './response.ts';
import { announceDeprecation, createHeaderReplacer } from './response-headers.ts';
import { createRoutes, type EngineRequest, type Match, readTarget, type Target } from './routes.ts';
import { selectResponse } from './selection.ts';
import type { Tools, Violation } from './tools.ts';

/** A response, and how to send it. */
export interface EngineResponse extends MockResponse {
  /** How long to wait before the first byte, in milliseconds. */
  readonly delay?: number | undefined;
  /** Where to cut the connection. It is `body` only if a body is sent. */
  readonly drop?: Answer['drop'];
  /** The record of the request. The sender of the response completes it. */
  readonly record?: RequestRecord | undefined;
}

/** Responds to the requests to an API, without a server. */
export interface Engine {
  handle(request: EngineRequest): Promise<EngineResponse>;
  /** The value of the `Allow` header for a request whose path is unknown: the methods of all operations. */
  readonly allow: string;
  /** Creates an error response to a request that the engine cannot handle. */
  readonly createError: CreateError;
  /** Creates the response to a request that the mock cannot answer because of an error. */
  createFailure(error: unknown): MockResponse;
}

/** What an engine needs besides the operations and the tools. */
export interface EngineOptions extends EngineState {
  /** Whether the `Accept` header selects the content type. The API of FirstOfficer ignores it. */
  readonly isNegotiated: boolean;
  /** Examples that come before those of the description. */
  readonly examples?: OwnExamples;
}

/** A response, and the operation and the answer that it was created for. */
interface CreatedResponse {
  readonly response: MockResponse;
  readonly operation?: Operation;
  readonly answer?: Answer;
}

const INVALID_ENCODING: Violation = {
  location: 'path',
  message: 'must be valid percent-encoding of UTF-8',
  status: 400,
};

/** Creates an engine that responds to requests with the examples of the operations. */
export function createEngine(operations: readonly Operation[], tools: Tools, options: EngineOptions): Engine {
  const { key, redact, received, scenarios, failCounter, createSeed, isNegotiated, examples } = options;
  const createError = redactErrors(createErrorFactory(operations), redact);
  const respond = createRespond({ tools, createError, isNegotiated });
  const replaceHeaders = createHeaderReplacer();
  const routes = createRoutes(operations, examples);

  async function handle(request: EngineRequest): Promise<EngineResponse> {
    const target = readTarget(request, routes);
    const { path, route, parameters } = target;
    const { method, headers } = request;
    const record = received.add({ method, path, operation: route?.operation.id, parameters });
    const created = await createResponseTo(request, target, record).catch(createErrorOrFailure);
    const { response, operation, answer = {} } = created;
    const described = operation ? replaceHeaders(overrideBody(response, answer), operation, headers) : response;
    const announced = announceDeprecation(described, route?.operation);
    const sent = removeForbiddenBody(overrideHeaders(announced, answer));
    const isBodySent = sent.payload !== '' && method !== 'HEAD';
    const drop = answer.drop === 'body' && !isBodySent ? 'headers' : answer.drop;
    return { ...sent, delay: answer.delay, drop, record };
  }

  async function createResponseTo(
    request: EngineRequest,
    target: Target,
    record: RequestRecord,
  ): Promise<CreatedResponse> {
    const { path, matches, route, query, parameters } = target;
    const { method, headers } = request;
    // The key is checked first, so that a 401 does not reveal what exists. Unknown paths and methods need the key, too.
    const { operation } = route ?? matches[0] ?? routes[0] ?? {};
    if (operation && !isAuthorized(operation, { headers, query }, key)) {
      return { response: await reject({ respond, createError }, operation, 'unauthorized'), operation };
    }
    if (matches.length === 0) return { response: rejectPath(createError, path, operations) };
    if (!route) {
      const others = matches.map((match) => match.operation);
      return { response: rejectMethod(createError, method, others) };
    }

    const parsed = parsePreferences(headers.prefer, route.operation);
    if ('error' in parsed) {
      record.violations = [parsed.error];
      return { response: createError(400, parsed.error) };
    }
    const preferred = toAnswer(parsed.preferences, (failures) =>
      failCounter.isFailure(`${method} ${request.target} ${headers.prefer}`, failures),
    );
    const scenario = preferred ? undefined : scenarios.find(route.operation, parameters);
    record.isScenario = scenario !== undefined;
    const answer = preferred ?? scenario ?? {};
    const { response, violations } = await respondWith(answer, request, { ...target, route });
    record.violations = violations.map(formatViolation);
    return { response, operation: route.operation, answer };
  }

  /** Returns the response to a request to an operation, without the headers and the body of the answer. */
  async function respondWith(
    answer: Answer,
    request: EngineRequest,
    { route, query, pathParameters }: Target & { readonly route: Match },
  ): Promise<Responded> {
    const { operation } = route;
    const { code } = answer;
    if (code !== undefined && !findResponse(operation, code)) {
      return { response: createUndocumentedResponse(createError, code), violations: [] };
    }
    const selection = selectResponse(route, answer, { query, pathParameters, createSeed });
    // An error is sent whatever the request contains.
    if (code !== undefined && code >= 300) return respond({ operation, ...selection });
    if (!pathParameters) {
      const response = await reject({ respond, createError }, operation, 'invalidPath');
      return { response, violations: [INVALID_ENCODING] };
    }
    // Prism fails for operations without documented final responses.
    if (!Object.keys(operation.responses).some(isFinal)) {
      return { response: createResponse(204, {}, undefined), violations: [] };
    }
    if (!findDocumented(operation, selection.status)) {
      return { response: await reject({ respond, createError }, operation, 'notFound'), violations: [] };
    }
    const body = operation.requestBody ? await request.readBody() : undefined;
    return respond({ operation, request: { pathParameters, query, headers: request.headers, body }, ...selection });
  }

  /** Returns the response to a request whose body cannot be read, or that the mock fails to answer. */
  function createErrorOrFailure(error: unknown): CreatedResponse {
    if (!(error instanceof RequestBodyError)) return { response: createFailure(error) };
    return { response: createError(error.status, error.message, { headers: error.headers }) };
  }

  function createFailure(error: unknown): MockResponse {
    return createError(500, `The mock failed: ${error instanceof Error ? error.message : String(error)}`);
  }

  return { handle, allow: listAllowedMethods(operations), createError, createFailure };
}

/** Returns the function with the API key replaced in messages, which may quote the request. */
function redactErrors(createError: CreateError, redact: Redact): CreateError {
  return (status, message, { violations = [], ...details } = {}) =>
    createError(status, redact(message), {
      ...details,
      violations: violations.map((violation) => ({
        ...violation,
        location: redact(violation.location),
        message: redact(violation.message),
      })),
    });
}

/** Returns whether the operation needs no key, or the request carries the key in a form that the operation accepts. */
function isAuthorized({ security }: Operation, request: CredentialSource, key: string): boolean {
  if (security.length === 0) return true;
  return security.some((schemes) => Object.values(schemes).every((scheme) => readApiKey(request, scheme) === key));
}

/** Returns a response with a status that the description does not document. */
function createUndocumentedResponse(createError: CreateError, code: number): MockResponse {
  if (code < 400) return createResponse(code, {}, undefined);
  const headers: MockResponse['headers'] = [429, 503].includes(code) ? { 'Retry-After': '1' } : {};
  return createError(code, `The mock was asked for ${code}, which the description does not document.`, { headers });
}

function removeForbiddenBody(response: MockResponse): MockResponse {
  return response.payload === '' || canHaveBody(response.status) ? response : { ...response, payload: '' };
}
