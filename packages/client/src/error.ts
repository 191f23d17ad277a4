/**
 * What kind of failure an error reports.
 *
 * - `invalid_argument`: the call could not be sent as it is; nothing was sent.
 * - `unauthorized`: the API key is missing or wrong (401).
 * - `not_found`: no customer has the identifier (404).
 * - `invalid_request`: the API could not read the identifier (400).
 * - `http`: any other status that is not a success.
 * - `invalid_response`: a success whose body is not what it should be.
 * - `network`: no response, or one that broke off; `cause` says why.
 *
 * @example
 * const fatal: ErrorCode[] = ['invalid_argument', 'unauthorized'];
 */
export type ErrorCode =
  | 'invalid_argument'
  | 'unauthorized'
  | 'not_found'
  | 'invalid_request'
  | 'http'
  | 'invalid_response'
  | 'network';

interface Details {
  readonly status?: number | undefined;
  readonly type?: string | undefined;
  readonly param?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The one error that calls of this client reject with. It never holds the API key or the request.
 *
 * @example
 * try {
 *   await firstofficer.customers.retrieve('cus_1234ABCD');
 * } catch (error) {
 *   if (error instanceof FirstOfficerError && error.code === 'not_found') return null;
 *   throw error;
 * }
 */
export class FirstOfficerError extends Error {
  /** What kind of failure this is: the member to branch on. */
  readonly code: ErrorCode;
  /** The HTTP status, if there was a response. */
  readonly status: number | undefined;
  /** The kind of error by the API's own word, such as `invalid_request_error`. */
  readonly type: string | undefined;
  /** The parameter at fault, if the API names one. */
  readonly param: string | undefined;

  /** Made by the client; an application has no need to. */
  constructor(code: ErrorCode, message: string, { status, type, param, cause }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'FirstOfficerError';
    this.code = code;
    this.status = status;
    this.type = type;
    this.param = param;
  }
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  404: 'not_found',
};

/**
 * The error for a response that is not a success.
 *
 * @param response - The response, for its status.
 * @param body - Its body: parsed if it was JSON, else text. It may be anything; only documented members are read.
 */
export function errorFromResponse({ status }: Response, body: unknown): FirstOfficerError {
  const error = member(body, 'error');
  const message = text(member(error, 'message')) ?? `FirstOfficer answered with HTTP status ${status}.`;
  return new FirstOfficerError(CODES[status] ?? 'http', message, {
    status,
    type: text(member(error, 'type')),
    param: text(member(error, 'param')),
  });
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
