/**
 * What kind of failure an error reports.
 *
 * - `invalid_argument`: an option or an argument cannot be used; nothing was sent.
 * - `unauthorized`: the API key is missing or wrong (401).
 * - `not_found`: no customer has the identifier (404).
 * - `invalid_request`: the API could not read the identifier (400).
 * - `rate_limited`: too many requests (429); `retryAfter` says how long to wait, if the server did.
 * - `unavailable`: the API cannot answer right now (503), whatever was asked; `retryAfter` says how long to wait.
 * - `http`: any other status that is not a success, a redirect among them.
 * - `invalid_response`: a success whose body is not what it should be.
 * - `network`: no response, or one that broke off; `cause` says why.
 * - `timeout`: no whole response within the time limit.
 * - `aborted`: the caller's signal ended the call; `cause` is its reason.
 *
 * @example
 * const fatal: ErrorCode[] = ['invalid_argument', 'unauthorized'];
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

interface Details {
  readonly status?: number | undefined;
  readonly type?: string | undefined;
  readonly param?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

// Registered by name, so that every copy of the package has the same one.
const BRAND = Symbol.for('@firstofficer/client/error');

/**
 * The one error that calls of this client reject with. It never holds the API key or the request.
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
  /** What kind of failure this is: the member to branch on. */
  declare readonly code: ErrorCode;
  /** The HTTP status, if there was a response. */
  readonly status: number | undefined;
  /** The kind of error by the API's own word: `invalid_request_error`, or `api_error` if the API itself is in trouble. */
  readonly type: string | undefined;
  /** The parameter or option at fault, if one is. */
  readonly param: string | undefined;
  /** The response's `X-Request-Id`, if it has one: what to tell support. */
  readonly requestId: string | undefined;
  /** How many seconds the server asks to wait before the next attempt, if it says so. */
  readonly retryAfter: number | undefined;

  /** Made by the client; an application has no need to. */
  constructor(code: ErrorCode, message: string, details?: Details) {
    super(message, details);
    Object.assign(this, { name: 'FirstOfficerError', code }, details);
  }

  /**
   * What `JSON.stringify` shows: all but the cause, which may be anything.
   *
   * @example
   * logger.error(JSON.stringify(error)); // {"message":"No such customer.","code":"not_found","status":404,…}
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
 * Whether something caught is an error of this client, whichever copy of the package it comes from. `instanceof` knows
 * its own copy only, and an application may have two: one as an ES module, one as CommonJS.
 *
 * @example
 * if (isFirstOfficerError(error)) console.error(error.code, error.requestId);
 */
export function isFirstOfficerError(value: unknown): value is FirstOfficerError {
  return (value as Partial<FirstOfficerError> | null | undefined)?.[BRAND] === true;
}

/** The error about an option or argument that is not what it must be. */
export function invalidArgument(name: string, what: string): FirstOfficerError {
  return new FirstOfficerError('invalid_argument', `${name} must be ${what}.`, { param: name });
}

/** @throws FirstOfficerError `invalid_argument` unless the option or argument of this name is what it must be. */
export function assertArgument(name: string, holds: unknown, what: string): asserts holds {
  if (!holds) throw invalidArgument(name, what);
}
