import { CODES_BY_STATUS, FirstOfficerError } from './error.ts';
import type { Redactor } from './redaction.ts';

/** Returns the value of a JSON text, or undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the customer's figures.
    return undefined;
  }
}

/**
 * Creates the error for a response that is not a success.
 *
 * @param body - The body of the response. It may be anything: only the documented members are read.
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
      status: status || undefined,
      type: redact(type),
      param: redact(param),
      requestId: readRequestId(response, redact),
      retryAfter: parseRetryAfter(headers.get('Retry-After')),
    },
  );
}

/**
 * Creates the error for a success with an invalid body.
 *
 * @param violations - How the body violates the API's description. Not used if the body is empty or not JSON.
 */
export function createInvalidResponseError(
  { response, body }: { readonly response: Response; readonly body: string },
  redact: Redactor,
  violations: readonly string[],
): FirstOfficerError {
  const reason = redact(describeInvalidBody(body, violations));
  return new FirstOfficerError('invalid_response', `FirstOfficer sent an invalid response: ${reason}.`, {
    status: response.status,
    requestId: readRequestId(response, redact),
  });
}

function describeInvalidBody(body: string, violations: readonly string[]): string {
  if (body === '') return 'empty';
  if (parseJson(body) === undefined) return 'not JSON';
  return violations.join(', ') || 'null';
}

function readRequestId({ headers }: Response, redact: Redactor): string | undefined {
  return redact(headers.get('X-Request-Id'));
}

/** Parses `Retry-After`, which is a number of seconds or a date (RFC 9110, 10.2.3). Returns the seconds from now. */
function parseRetryAfter(value: string | null): number | undefined {
  const text = `${value}`;
  // Date.parse alone is too lenient: some JavaScript engines accept "try 3000" as a date. Dates in the past are ignored.
  const seconds = / GMT$/.test(text) ? (Date.parse(text) - Date.now()) / 1000 : /^\d+$/.test(text) ? Number(text) : -1;
  return seconds >= 0 ? seconds : undefined;
}
