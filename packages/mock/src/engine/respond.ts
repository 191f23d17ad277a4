import {
  findResponse,
  type Header,
  type MediaType,
  type Operation,
  type Response,
} from '@firstofficer/openapi/browser';
import { createErrorResponse, createResponse, type MockResponse } from './response.ts';
import type { ApiRequest, ResponseChoice, Tools, Violation } from './tools.ts';

/** Selects a response of the description. Without a status, it is the documented success with the lowest status. */
export interface ResponseSelection {
  /** A status, or a key of `responses` such as `4XX`. */
  readonly status?: string | undefined;
  /** The name of a response example. */
  readonly example?: string | undefined;
  /** A body that replaces the one of the example. */
  readonly own?: OwnBody;
}

/** The body of an own example. */
export interface OwnBody {
  readonly mediaType: string;
  readonly value: unknown;
}

/** A request to an operation, and which response it gets. */
export interface RespondInput extends ResponseSelection {
  readonly operation: Operation;
  readonly request: ApiRequest;
  /** Whether an invalid request gets the documented 400, 415 or 422 instead. */
  readonly validate: boolean;
}

/** A response, and what the request violates. */
export interface Responded {
  readonly response: MockResponse;
  readonly violations: readonly Violation[];
}

/** Returns the response to a request, created from the examples of the description. */
export type Respond = (input: RespondInput) => Promise<Responded>;

/** A response of the description, and the status to send it with. */
interface Documented {
  readonly status: number;
  /** The key in `responses`, such as `404`, `4XX` or `default`. */
  readonly key: string;
  readonly response: Response;
}

/**
 * Creates the function that responds to requests.
 *
 * The response to a valid request depends only on the operation and on what is selected. Both come from the description,
 * so responses are created once, and clients cannot make the cache grow without limit.
 */
export function createRespond(tools: Tools): Respond {
  const cache = new Map<string, MockResponse>();

  async function build(operation: Operation, { key, status, response }: Documented, example: string | undefined) {
    const id = JSON.stringify([operation.method, operation.path, key, status, example]);
    const cached = cache.get(id);
    if (cached) return cached;
    const mediaType = chooseMediaType(response);
    const choice: ResponseChoice = { operation, key, mediaType };
    const headers = await buildHeaders(tools, choice, response);
    const media = mediaType === undefined ? undefined : response.content?.[mediaType];
    const body = media && (findExample(media, example)?.value ?? (await tools.generate(choice)));
    const built = createResponse(status, { ...headers, ...(mediaType && { 'Content-Type': mediaType }) }, body);
    cache.set(id, built);
    return built;
  }

  async function select({ operation, request, status, example, own, validate }: RespondInput): Promise<Responded> {
    const violations = validate ? await tools.validate(operation, request) : [];
    if (violations.length > 0) {
      const documented = findForViolations(operation, violations);
      const response = documented ? await build(operation, documented, undefined) : describeViolations(violations);
      return { response, violations };
    }
    const documented = findDocumented(operation, status);
    // The engine checks the status before.
    if (!documented) throw new Error(`${operation.id} has no response ${status}.`);
    const response = await build(operation, documented, example);
    return { response: own ? replaceBody(response, own) : response, violations };
  }

  return async (input) => {
    const responded = await select(input);
    const { operation, request } = input;
    if (operation.hasCallbacks && responded.response.status < 400) {
      tools.sendCallbacks?.(operation, request, responded.response);
    }
    return responded;
  };
}

function replaceBody({ status, headers }: MockResponse, { mediaType, value }: OwnBody): MockResponse {
  return createResponse(status, { ...headers, 'Content-Type': mediaType }, value);
}

/** Returns the response for a status or a key of `responses`. Without a status: the success with the lowest status. */
export function findDocumented(operation: Operation, status: string | undefined): Documented | undefined {
  const { responses } = operation;
  const key = status ?? findDefaultKey(operation);
  const code = /^\d{3}$/.test(key) ? Number(key) : guessStatus(operation, key);
  const found = findResponse(operation, code);
  const response = responses[key] ?? found?.response;
  return response && { status: code, key: responses[key] ? key : (found?.status ?? key), response };
}

function findDefaultKey({ responses }: Operation): string {
  const keys = Object.keys(responses);
  const [lowest] = keys.filter(isSuccess).toSorted();
  return lowest ?? (responses.default ? 'default' : (keys[0] ?? 'default'));
}

/** Returns the status for a class such as `2XX`, or for `default`. */
function guessStatus({ responses }: Operation, key: string): number {
  if (/^[1-5]xx$/i.test(key)) return Number(`${key[0]}00`);
  // Beside a success, `default` describes errors.
  return Object.keys(responses).some(isSuccess) ? 500 : 200;
}

function isSuccess(key: string): boolean {
  return /^2(\d\d|xx)$/i.test(key);
}

/** Returns the documented response to an invalid request. */
function findForViolations(operation: Operation, violations: readonly Violation[]): Documented | undefined {
  const codes = violations.some(({ status }) => status === 415) ? [415, 422, 400] : [422, 400];
  const isExact = (code: number) => String(code) in operation.responses;
  const code = codes.find(isExact) ?? codes.find((candidate) => findResponse(operation, candidate));
  return code === undefined ? undefined : findDocumented(operation, String(code));
}

function describeViolations(violations: readonly Violation[]): MockResponse {
  const status = violations.some((violation) => violation.status === 415) ? 415 : 422;
  const list = violations.map(({ location, message }) => `${location} ${message}`).join('; ');
  return createErrorResponse(status, `The request is invalid: ${list}.`);
}

/** Returns JSON if the response has it, else the first content type. */
function chooseMediaType({ content = {} }: Response): string | undefined {
  const types = Object.keys(content);
  return types.find((type) => /^application\/json *(;|$)/i.test(type)) ?? types[0];
}

/** Returns the named example, or the first one. */
function findExample({ example, examples = {} }: MediaType, name: string | undefined): { value?: unknown } | undefined {
  if (name !== undefined && examples[name]) return examples[name];
  return example === undefined ? Object.values(examples)[0] : { value: example };
}

async function buildHeaders(
  tools: Tools,
  choice: ResponseChoice,
  { headers = {} }: Response,
): Promise<Record<string, string>> {
  const values = await Promise.all(
    Object.entries(headers).map(async ([name, header]): Promise<[string, unknown]> => {
      const example = findHeaderExample(header);
      return [name, example === undefined ? await tools.generate({ ...choice, header: name }) : example];
    }),
  );
  return Object.fromEntries(
    values.filter(([name, value]) => value !== null && value !== undefined && !isContentType(name)),
  ) as Record<string, string>;
}

function isContentType(name: string): boolean {
  return name.toLowerCase() === 'content-type';
}

function findHeaderExample({ example, examples = {} }: Header & Pick<MediaType, 'examples'>): unknown {
  return example ?? Object.values(examples)[0]?.value;
}
