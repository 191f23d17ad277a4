/** A response before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it is sent; empty if there is none. */
  readonly payload: string;
}

/** Makes an answer of a body: JSON, or a string in another content type as it is; undefined is no body. */
export function answerOf(status: number, headers: Answer['headers'], body: unknown): Answer {
  return { status, headers, payload: serialize(headers, body) };
}

function serialize(headers: Answer['headers'], body: unknown): string {
  if (body === undefined) return '';
  const isJson = Object.entries(headers).some(([name, value]) => /^content-type$/i.test(name) && /json/i.test(value));
  return typeof body === 'string' && !isJson ? body : JSON.stringify(body);
}

/**
 * An error that the description does not name, such as 405, in the form of the errors that it does.
 *
 * test/undocumented.test.ts holds the form against the description.
 */
export function problem(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return answerOf(
    status,
    { 'Content-Type': 'application/json', ...headers },
    { error: { type: 'invalid_request_error', message } },
  );
}
