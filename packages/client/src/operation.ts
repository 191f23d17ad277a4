import type { FirstOfficerError } from './error.ts';
import type { CallOptions, ClientOptions, Validate } from './options.ts';
import { createRedactor } from './redaction.ts';
import { buildAuthorization, buildHeaders, buildUrl, normalizeBaseUrl, type OperationInput } from './request.ts';
import { createInvalidResponseError, parseJson } from './response.ts';
import { createTransport } from './transport.ts';

/** What the generated code knows of an API when the client runs. */
export interface ApiTable<OperationId extends string> {
  /** The base URL that the client uses by default. */
  readonly serverUrl: string;
  /** The `operationId` of each operation, by method and path: `GET /v2/customers/{customer}`. */
  readonly operationIds: Readonly<Record<string, OperationId>>;
}

interface OperationRequest {
  readonly method: string;
  /** The path template, such as `/v2/customers/{customer}`. */
  readonly path: string;
  readonly options?: (OperationInput & CallOptions) | undefined;
  /** The member `object` that the body of a success must have. It is checked even without `validate`. */
  readonly object?: string;
}

/** A response of the API: a success with its data, or an error with its body. */
interface OperationResult {
  readonly response: Response;
  /** The body of a success, or undefined if it has none. */
  readonly data?: unknown;
  /** The body of an error response, without the API key. */
  readonly error?: unknown;
  /** The error for an error response. */
  readonly failure?: FirstOfficerError;
}

/**
 * Sends one operation of the API, and parses and validates the response.
 *
 * @throws FirstOfficerError if there is no response of the API itself, if a success has an invalid body, or if an
 * argument is invalid.
 */
export type OperationSender = (request: OperationRequest) => Promise<OperationResult>;

/**
 * Creates the function that sends the operations of an API.
 *
 * @throws FirstOfficerError `invalid_argument` if an option is invalid.
 */
export function createOperationSender<OperationId extends string>(
  options: Omit<ClientOptions, 'validate'> & { readonly validate?: Validate<OperationId> | undefined },
  { serverUrl, operationIds }: ApiTable<OperationId>,
): OperationSender {
  const { token, auth = 'basic', baseUrl = serverUrl, validate } = options;
  const url = normalizeBaseUrl(baseUrl);
  const authorization = buildAuthorization(token, auth);
  const redact = createRedactor(token);
  const send = createTransport(redact, options);

  return async ({ method, path, options = {}, object }) => {
    const init = { method, headers: buildHeaders(authorization, options), body: JSON.stringify(options.body) };
    const { response, body = '', error: failure } = await send(buildUrl(url, path, options.params), init, options);
    if (!response) throw failure;
    // Applications log errors, so the key is removed from them. Data stays as the server sent it.
    const value = parseJson(failure ? (redact(body) ?? '') : body);
    // JavaScript callers can pass a path that the API does not have. It has no operationId, and validate rejects it.
    const operationId = operationIds[`${method} ${path}`] as OperationId;
    const hasOtherObject = !failure && object && Object(value).object !== object;
    const violations = hasOtherObject ? [`not a ${object}`] : (validate?.(operationId, response.status, value) ?? []);

    if (failure) {
      // Only errors of the API itself are results. Redirects and errors of proxies reject.
      if (response.status < 400 || Object(value) !== value || violations.length) throw failure;
      return { error: value, failure, response };
    }
    // A 200 response to a GET must have a body. Others, such as 204, may be empty.
    const isMissing = body === '' ? method === 'GET' && response.status === 200 : (value ?? undefined) === undefined;
    if (violations.length || isMissing) {
      throw createInvalidResponseError({ response, body }, redact, violations);
    }
    return { data: value, response };
  };
}
