import {
  type Example,
  findResponse,
  type MediaType,
  type Operation,
  type Response,
} from '@firstofficer/openapi/browser';
import { type AcceptedType, chooseMediaType } from './accept.ts';
import { type DocumentedResponse, findDocumented } from './documented-response.ts';
import { type CreateError, formatViolation } from './errors.ts';
import { parseJsonOrText } from './json.ts';
import { createResponse, type MockResponse } from './response.ts';
import { formatStream, isStream } from './stream.ts';
import type { ApiRequest, ResponseChoice, Tools, Violation } from './tools.ts';

/** Selects a response of the description. Without a status, it is the documented success with the lowest status. */
export interface ResponseSelection {
  /** A status, or a key of `responses` such as `4XX`. */
  readonly status?: string | undefined;
  /** The name of a response example. */
  readonly example?: string | undefined;
  /** Selects random data for the body. Without a seed, the body is an example. */
  readonly seed?: string | undefined;
  /** A body that replaces the one of the example. */
  readonly own?: OwnBody;
}

/** The body of an own example. */
interface OwnBody {
  readonly mediaType: string;
  readonly value: unknown;
}

/** A request to an operation, and which response it gets. */
interface RespondInput extends ResponseSelection {
  readonly operation: Operation;
  /** The request. If it is invalid, it gets the documented 400, 415 or 422. Without it, nothing is validated. */
  readonly request?: ApiRequest;
}

/** A response, and what the request violates. */
export interface Responded {
  readonly response: MockResponse;
  readonly violations: readonly Violation[];
}

/** Returns the response to a request, created from the examples of the description. */
export type Respond = (input: RespondInput) => Promise<Responded>;

/** What a response depends on besides the request. */
export interface RespondOptions {
  readonly tools: Tools;
  readonly createError: CreateError;
  /** Whether the `Accept` header selects the content type. */
  readonly isNegotiated: boolean;
}

/** What the response to a valid request depends on besides its status. */
interface BuildOptions extends Omit<ResponseSelection, 'status'> {
  /** The value of the `Accept` header. */
  readonly accept?: string | undefined;
}

/**
 * Creates the function that responds to requests.
 *
 * The response to a valid request depends only on the operation and on what is selected. Both come from the description,
 * so responses are created once, and clients cannot make the cache grow without limit.
 */
export function createRespond({ tools, createError, isNegotiated }: RespondOptions): Respond {
  const cache = new Map<string, MockResponse>();

  async function respond({ operation, request, ...selection }: RespondInput): Promise<Responded> {
    const violations = request ? await tools.validate(operation, request) : [];
    const accept = request?.headers.accept;
    const response =
      violations.length > 0 ? await reject(operation, violations) : await select(operation, { ...selection, accept });
    if (operation.hasCallbacks && request && response.status < 400) tools.sendCallbacks?.(operation, request, response);
    return { response, violations };
  }

  /** Returns the documented response to an invalid request. */
  async function reject(operation: Operation, violations: readonly Violation[]): Promise<MockResponse> {
    const documented = findForViolations(operation, violations);
    if (documented) return build(operation, documented, {});
    const status = violations.some((violation) => violation.status === 415) ? 415 : 422;
    const list = violations.map(formatViolation).join('; ');
    return createError(status, `The request is invalid: ${list}.`, { violations });
  }

  async function select(
    operation: Operation,
    { status, ...options }: BuildOptions & ResponseSelection,
  ): Promise<MockResponse> {
    const documented = findDocumented(operation, status);
    // The engine checks the status before.
    if (!documented) throw new Error(`${operation.id} has no response ${status}.`);
    return build(operation, documented, options);
  }

  async function build(
    operation: Operation,
    { status, key, response }: DocumentedResponse,
    { example, own, accept, seed }: BuildOptions,
  ): Promise<MockResponse> {
    const documentedTypes = Object.keys(response.content ?? {});
    const types = own ? [own.mediaType] : documentedTypes;
    // Clients read errors whatever they accept.
    const isChosen = isNegotiated && status < 400;
    const type = chooseMediaType(isChosen ? accept : undefined, types);
    if (!type && types.length > 0) {
      const documented = findExact(operation, 406);
      if (documented) return build(operation, documented, {});
      return createError(406, `Accept: ${accept} excludes every content type of the response: ${types.join(', ')}.`);
    }
    // The type to send comes from the request if the documented one is a range. Such responses are not cached.
    const isCached = type?.documented === type?.mediaType && seed === undefined;
    const id = JSON.stringify([operation.method, operation.path, status, key, type?.mediaType, example]);
    const cached = isCached ? cache.get(id) : undefined;
    if (cached) return replaceBody(cached, type, own);

    const choice: ResponseChoice = { operation, key, mediaType: type?.documented };
    const documentedHeaders = await buildHeaders(tools, choice, response);
    const media = type && response.content?.[type.documented];
    const found = media && seed === undefined ? findExample(media, example) : undefined;
    const value = media && found === undefined ? await tools.generate(choice, seed) : found;
    if (media && value === undefined && seed !== undefined) {
      const message = `Random data needs a schema, but the description has none for ${operation.id}, ${key}.`;
      return createError(400, `${message} Leave out dynamic.`);
    }
    const body = type && value !== undefined ? formatBody(type.documented, value, found !== undefined) : undefined;
    const headers = {
      ...documentedHeaders,
      ...(isChosen && documentedTypes.length > 1 && addVary(documentedHeaders)),
      ...(type && { 'Content-Type': nameType(type.mediaType, body) }),
    };
    const built = createResponse(status, headers, body);
    if (isCached) cache.set(id, built);
    return replaceBody(built, type, own);
  }

  return respond;
}

/** Returns a stream as text, and other bodies unchanged. A generated value is one item of a stream. */
function formatBody(mediaType: string, value: unknown, isExample: boolean): unknown {
  if (!isStream(mediaType) || typeof value === 'string') return value;
  return formatStream(mediaType, isExample && Array.isArray(value) ? value : [value]);
}

/** Returns the type of a body whose content type is documented as a range that the client accepts as a whole. */
function nameType(mediaType: string, body: unknown): string {
  if (!mediaType.includes('*')) return mediaType;
  return typeof body === 'string' ? 'text/plain' : 'application/json';
}

/** Returns the header `Vary` with `Accept`, for caches. */
function addVary(headers: MockResponse['headers']): MockResponse['headers'] {
  const [name = 'Vary', value = ''] = Object.entries(headers).find(([key]) => key.toLowerCase() === 'vary') ?? [];
  return /(^|,)\s*(accept|\*)\s*(,|$)/i.test(value) ? {} : { [name]: value === '' ? 'Accept' : `${value}, Accept` };
}

/** Returns the response with the body of an own example, if there is one. */
function replaceBody(response: MockResponse, type: AcceptedType | undefined, own: OwnBody | undefined): MockResponse {
  if (!own || !type) return response;
  const body = formatBody(type.documented, own.value, true);
  return createResponse(response.status, { ...response.headers, 'Content-Type': nameType(type.mediaType, body) }, body);
}

/** Returns the documented response to an invalid request. */
function findForViolations(operation: Operation, violations: readonly Violation[]): DocumentedResponse | undefined {
  const codes = violations.some(({ status }) => status === 415) ? [415, 422, 400] : [422, 400];
  const isExact = (code: number) => String(code) in operation.responses;
  const code = codes.find(isExact) ?? codes.find((candidate) => findResponse(operation, candidate));
  return code === undefined ? undefined : findDocumented(operation, String(code));
}

function findExact({ responses }: Operation, status: number): DocumentedResponse | undefined {
  const key = String(status);
  const response = responses[key];
  return response && { status, key, response };
}

/** Returns the value of the named example, or of the first one. */
function findExample({ example, examples = {} }: Pick<MediaType, 'example' | 'examples'>, name?: string): unknown {
  if (name !== undefined && examples[name]) return readExample(examples[name]);
  return example === undefined ? Object.values(examples).map(readExample)[0] : example;
}

/** Returns the value of an example. OpenAPI 3.2 also has examples that contain only the text of the body. */
function readExample({ value, serializedValue: text }: Example & { readonly serializedValue?: string }): unknown {
  return value === undefined && text !== undefined ? parseJsonOrText(text) : value;
}

async function buildHeaders(
  tools: Tools,
  choice: ResponseChoice,
  { headers = {} }: Response,
): Promise<Record<string, string>> {
  const values = await Promise.all(
    Object.entries(headers).map(async ([name, header]): Promise<[string, string][]> => {
      const value = findExample(header) ?? (await tools.generate({ ...choice, header: name }).catch(() => undefined));
      const text = value === undefined || value === null ? undefined : formatHeader(value, header.explode);
      return text === undefined || name.toLowerCase() === 'content-type' ? [] : [[name, text]];
    }),
  );
  return Object.fromEntries(values.flat());
}

/** Formats a header value in the style `simple`. */
function formatHeader(value: unknown, explode = false): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.join(',');
  return Object.entries(value)
    .flatMap(([name, member]) => (explode ? [`${name}=${member}`] : [name, member]))
    .join(',');
}
