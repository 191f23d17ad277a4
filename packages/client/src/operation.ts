import type { CallOptions, ClientOptions, Validate } from './options.ts';
import { createRedactor } from './redaction.ts';
import { buildAuthorization, buildHeaders, buildUrl, normalizeBaseUrl, type OperationInput } from './request.ts';
import { createInvalidResponseError, parseJson } from './response.ts';
import { createTransport } from './transport.ts';

interface OperationRequest extends OperationInput, CallOptions {
  readonly method: string;
  /** The path template, such as `/v2/customers/{customer}`. */
  readonly path: string;
  /**
   * The member `object` that the body of a success must have. It is checked even without `validate`. If it is given, the
   * function also rejects all error responses.
   */
  readonly object?: string;
}

/** A response of the API: a success with its data, or an error with its body. */
interface OperationResult {
  readonly response: Response;
  /** The body of a success, or undefined if it has none. */
  readonly data?: unknown;
  /** The body of an error response, without the API key. */
  readonly error?: unknown;
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
 * @param serverUrl - The default of the option `baseUrl`.
 * @param operationIds - The `operationId` of each operation, by method and path: `GET /v2/customers/{customer}`.
 * @throws FirstOfficerError `invalid_argument` if an option is invalid.
 */
export function createOperationSender<OperationId extends string>(
  options: Omit<ClientOptions, 'validate'> & { readonly validate?: Validate<OperationId> | undefined },
  serverUrl: string,
  operationIds: Readonly<Record<string, OperationId>>,
): OperationSender {
  const { token, auth = 'basic', baseUrl = serverUrl, validate } = options;
  const url = normalizeBaseUrl(baseUrl);
  const authorization = buildAuthorization(token, auth);
  const redact = createRedactor(token);
  const send = createTransport(redact, options);

  return async (request) => {
    const { method, path, object } = request;
    const init = { method, headers: buildHeaders(authorization, request), body: JSON.stringify(request.body) };
    const { response, body, error } = await send(buildUrl(url, path, request.params), init, request);
    if (!response) throw error;
    // Applications log errors, so the key is removed from them. Data stays as the server sent it.
    const value = parseJson(error ? redact(body) : body);
    // JavaScript callers can pass a path that the API does not have. It has no operationId, and validate rejects it.
    const operationId = operationIds[`${method} ${path}`] as OperationId;
    const hasOtherObject = !error && object && Object(value).object !== object;
    const violations = hasOtherObject ? [`not a ${object}`] : (validate?.(operationId, response.status, value) ?? []);
    const isUnexpected = error
      ? // Only errors of the API itself are results. Redirects and errors of proxies reject.
        object || response.status < 400 || Object(value) !== value
      : // A 200 response to a GET must have a body. Others, such as 204, may be empty.
        value == null && (body || (response.status === 200 && method === 'GET'));
    if (isUnexpected || violations.length) {
      const parseError = body ? 'not JSON' : 'empty';
      const reason = value === undefined ? parseError : violations.join(', ') || 'null';
      throw error ?? createInvalidResponseError(response, reason, redact);
    }
    return error ? { error: value, response } : { data: value, response };
  };
}
