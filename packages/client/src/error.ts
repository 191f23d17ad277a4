/**
 * The kind of a failure.
 *
 * - `invalid_argument`: an option or argument is invalid, or a function that you passed failed. `param` names it.
 * - `unauthorized`: the API says that the key is missing or wrong (401).
 * - `not_found`: the API says that no customer has the identifier (404).
 * - `invalid_request`: the API rejected the identifier (400).
 * - `rate_limited`: too many requests (429). `retryAfter` is how long to wait, if the server specified it.
 * - `unavailable`: the API is temporarily unavailable (503). `retryAfter` is how long to wait.
 * - `http`: any other response that is not a success, such as a redirect or an error page that is not the API's.
 * - `invalid_response`: a success with an invalid body, such as one that is not a customer or that `validate` rejects.
 * - `response_too_large`: the body of the response is larger than `maxResponseBytes`.
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
  | 'response_too_large'
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

/** The members that only some errors have. */
export interface ErrorDetails {
  readonly status?: number | undefined;
  readonly type?: string | undefined;
  readonly param?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly attempts?: number | undefined;
  readonly cause?: unknown;
}

/** Returns a copy of an object without the members that are undefined. */
export function omitUndefined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

// Symbol.for returns the same symbol in every copy of the package.
const BRAND = Symbol.for('@firstofficer/client/error');

/**
 * The error that all calls of the client reject with. It never contains the API key.
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
  declare readonly status: number | undefined;
  /** The `type` that the API sent: `invalid_request_error`, or `api_error` if the API itself failed. */
  declare readonly type: string | undefined;
  /** The parameter or option that caused the error, if there is one. */
  declare readonly param: string | undefined;
  /** The `X-Request-Id` of the response, if it has one. Include it when you contact support. */
  declare readonly requestId: string | undefined;
  /** How many seconds to wait before the next attempt, if the server specified it. */
  declare readonly retryAfter: number | undefined;
  /** How many times the request was sent. It is undefined if an argument is invalid. */
  declare readonly attempts: number | undefined;

  /** Creates an error. Only the client needs to call this. */
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    // Logs print members that are undefined.
    const known = omitUndefined({ ...details, name: 'FirstOfficerError', code });
    super(message, known);
    Object.assign(this, known);
  }

  /**
   * Returns all members except `cause`, which may be anything. `JSON.stringify` calls this.
   *
   * @example
   * console.error(JSON.stringify(error)); // {"status":404,"code":"not_found","message":"No such customer.",…}
   */
  toJSON(): object {
    return { ...this, message: this.message };
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

/**
 * Returns what a function makes of an option or argument.
 *
 * @throws FirstOfficerError `invalid_argument` if the function throws or returns a falsy value. Its error is not passed
 * on: it may contain the option, which may be a secret.
 */
export function convertArgument<Result>(
  name: string,
  convert: () => Result | false | '' | undefined,
  expected: string,
): Result {
  let result: Result | false | '' | undefined;
  try {
    result = convert();
  } catch {
    // The argument is invalid.
  }
  assertArgument(name, result, expected);
  return result as Result;
}
