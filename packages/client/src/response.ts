/** Returns the value of a JSON text, or undefined if the text is not JSON. */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    // The error is not passed on: its message contains part of the body, which is the customer's data.
    return undefined;
  }
}

/** Parses `Retry-After`, which is a number of seconds or a date (RFC 9110, 10.2.3). Returns the seconds from now. */
export function parseRetryAfter(value: string | null): number | undefined {
  const text = `${value}`;
  // Date.parse alone is too lenient: it accepts "try 3000". The form of asctime has no time zone (RFC 9110, 5.6.7).
  const date = /:\d\d /.test(text) ? text.replace(/\d$/, '$& GMT') : '';
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(date) - Date.now()) / 1000;
  // Dates in the past are ignored.
  return seconds >= 0 ? seconds : undefined;
}
