import { type ErrorCode, FirstOfficerError } from './error.ts';
import { parseJson } from './json.ts';
import type { Redact } from './redaction.ts';

const CODES: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  401: 'unauthorized',
  404: 'not_found',
  429: 'rate_limited',
  503: 'unavailable',
};

/**
 * The error for a response that is not a success.
 *
 * @param body - Its body, which may be anything: only the documented members are read.
 */
export function httpError(response: Response, body: string, redact: Redact): FirstOfficerError {
  const { status, headers } = response;
  const { message, type, param } = Object(Object(parseJson(body)).error);
  return new FirstOfficerError(
    CODES[status] ?? 'http',
    redact(message) ??
      // The key would go along. A browser page is shown of such a response only what it is: its status is 0.
      `FirstOfficer answered with ${status < 400 ? 'a redirect, which is not followed: check baseUrl' : `HTTP status ${status}`}.`,
    {
      status: status || undefined,
      type: redact(type),
      param: redact(param),
      requestId: requestId(response, redact),
      retryAfter: retryAfter(headers.get('Retry-After')),
    },
  );
}

/**
 * The error for a success whose body is not what it should be.
 *
 * @param departures - How it departs from that, if it is JSON at all.
 */
export function invalidResponse(
  response: Response,
  redact: Redact,
  body: string,
  departures: readonly string[],
): FirstOfficerError {
  const what = body === '' ? 'empty' : parseJson(body) === undefined ? 'not JSON' : redact(departures.join(', '));
  return new FirstOfficerError('invalid_response', `FirstOfficer sent an invalid response: ${what}.`, {
    status: response.status,
    requestId: requestId(response, redact),
  });
}

function requestId({ headers }: Response, redact: Redact): string | undefined {
  return redact(headers.get('X-Request-Id'));
}

/** `Retry-After` in seconds from now: it comes as seconds or as a date (RFC 9110, 10.2.3). */
function retryAfter(value: string | null): number | undefined {
  const text = `${value}`;
  // Date.parse takes more than dates of HTTP: to some engines "try 3000" is one. A date that is over says nothing, either.
  const seconds = / GMT$/.test(text) ? (Date.parse(text) - Date.now()) / 1000 : /^\d+$/.test(text) ? Number(text) : -1;
  return seconds >= 0 ? seconds : undefined;
}
