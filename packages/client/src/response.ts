import { CODES_BY_STATUS, FirstOfficerError } from './error.ts';
import type { Redactor } from './redaction.ts';

/** Returns the value of a JSON text, or undefined if the text is not JSON. */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // The error is not passed on: its message contains part of the body, which is the customer's data.
    return undefined;
  }
}

/**
 * Creates the error for a response that is not a success.
 *
 * @param body - The body of the response. It need not be JSON: a proxy may have sent it.
 */
export function createHttpError(response: Response, body: string, redact: Redactor): FirstOfficerError {
  const { status, headers } = response;
  const { message, type, param } = Object(Object(parseJson(body)).error);
  return new FirstOfficerError(
    CODES_BY_STATUS[status] ?? 'http',
    redact(message) ??
      // A browser hides the status of a redirect: it is 0.
      `FirstOfficer answered with ${status < 400 ? 'a redirect. Check baseUrl' : `HTTP status ${status}`}.`,
    {
      ...readDetails(response, redact),
      type: redact(type),
      param: redact(param),
      retryAfter: parseRetryAfter(headers.get('Retry-After')),
    },
  );
}

/**
 * Creates the error for a success with an invalid body.
 *
 * @param reason - What is wrong with the body, such as `not JSON`.
 */
export function createInvalidResponseError(response: Response, reason: string, redact: Redactor): FirstOfficerError {
  return new FirstOfficerError(
    'invalid_response',
    `FirstOfficer sent an invalid response: ${redact(reason)}.`,
    readDetails(response, redact),
  );
}

/** Returns the members of an error that every response has. */
function readDetails({ status, headers }: Response, redact: Redactor) {
  return { status: status || undefined, requestId: redact(headers.get('X-Request-Id')) };
}

/** Parses `Retry-After`, which is a number of seconds or a date (RFC 9110, 10.2.3). Returns the seconds from now. */
function parseRetryAfter(value: string | null): number | undefined {
  const text = `${value}`;
  // Date.parse alone is too lenient: some JavaScript engines accept "try 3000" as a date. Dates in the past are ignored.
  const seconds = / GMT$/.test(text) ? (Date.parse(text) - Date.now()) / 1000 : /^\d+$/.test(text) ? Number(text) : -1;
  return seconds >= 0 ? seconds : undefined;
}
