/**
 * The kind of a failure.
 *
 * - `invalid_argument`: an option or argument is invalid. Nothing was sent.
 * - `unauthorized`: the API key is missing or wrong (401).
 * - `not_found`: no customer has the identifier (404).
 * - `invalid_request`: the API rejected the identifier (400).
 * - `rate_limited`: too many requests (429). `retryAfter` is how long to wait, if the server specified it.
 * - `unavailable`: the API is temporarily unavailable (503). `retryAfter` is how long to wait.
 * - `http`: any other status that is not a success, including redirects.
 * - `invalid_response`: a success with an invalid body, such as one that is not a customer or that `validate` rejects.
 * - `network`: no response, or an incomplete one. `cause` is the reason.
 * - `timeout`: no complete response within the time limit.
 * - `aborted`: your `signal` aborted the call. `cause` is the reason of the signal.
 *
 * @example
 * const permanent: ErrorCode[] = ['invalid_argument', 'unauthorized'];
 */
export type ErrorCode =
  | 'invalid_argument'
  | 'unauthorized'
  | 'not_found'
  | 'invalid_request'
  | 'rate_limited'
  | 'unavailable'
  | 'http'
  | 'invalid_response'
  | 'network'
  | 'timeout'
  | 'aborted';

/** The codes of HTTP statuses. Any other status that is not a success has the code `http`. */
export const CODES_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  404: 'not_found',
  429: 'rate_limited',
  503: 'unavailable',
};

interface Details {
  readonly status?: number | undefined;
  readonly type?: string | undefined;
  readonly param?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

// Symbol.for returns the same symbol in every copy of the package.
const BRAND = Symbol.for('@firstofficer/client/error');

/**
 * The error that all calls of the client reject with. It never contains the API key or the request.
 *
 * @example
 * try {
 *   await firstofficer.customers.retrieve('cus_1234ABCD');
 * } catch (error) {
 *   if (isFirstOfficerError(error) && error.code === 'not_found') return null;
 *   throw error;
 * }
 */
export class FirstOfficerError extends Error {
  /** The kind of the failure. Branch on this. */
  declare readonly code: ErrorCode;
  /** The HTTP status, if there was a response. */
  readonly status: number | undefined;
  /** The `type` that the API sent: `invalid_request_error`, or `api_error` if the API itself failed. */
  readonly type: string | undefined;
  /** The parameter or option that caused the error, if there is one. */
  readonly param: string | undefined;
  /** The `X-Request-Id` of the response, if it has one. Include it when you contact support. */
  readonly requestId: string | undefined;
  /** How many seconds to wait before the next attempt, if the server specified it. */
  readonly retryAfter: number | undefined;

  /** Creates an error. Only the client needs to call this. */
  constructor(code: ErrorCode, message: string, details?: Details) {
    super(message, details);
    Object.assign(this, { name: 'FirstOfficerError', code }, details);
  }

  /**
   * Returns all members except `cause`, which may be anything. `JSON.stringify` calls this.
   *
   * @example
   * console.error(JSON.stringify(error)); // {"message":"No such customer.","code":"not_found","status":404,…}
   */
  toJSON(): object {
    return Object.assign({ message: this.message }, this);
  }

  /** @internal */
  get [BRAND](): boolean {
    return true;
  }
}

/**
 * Returns whether a value is a `FirstOfficerError`, from any copy of the package. Use it instead of `instanceof`, which
 * recognizes one copy only: an application may load the package both as an ES module and as CommonJS.
 *
 * @example
 * if (isFirstOfficerError(error)) console.error(error.code, error.requestId);
 */
export function isFirstOfficerError(value: unknown): value is FirstOfficerError {
  return (value as Partial<FirstOfficerError> | null | undefined)?.[BRAND] === true;
}

/**
 * Checks an option or argument.
 *
 * @throws FirstOfficerError `invalid_argument` if it is invalid.
 */
export function assertArgument(name: string, isValid: unknown, expected: string): asserts isValid {
  if (!isValid) throw new FirstOfficerError('invalid_argument', `${name} must be ${expected}.`, { param: name });
}
