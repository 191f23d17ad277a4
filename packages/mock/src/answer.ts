/** A response before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; a string in another content type is sent as it is; undefined is no body. */
  readonly body?: unknown;
}

/**
 * An error that the description does not name, such as 405, in the form of the errors that it does.
 *
 * test/undocumented.test.ts holds the form against the description.
 */
export function problem(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: { error: { type: 'invalid_request_error', message } },
  };
}
