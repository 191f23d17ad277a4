import type { HttpRequest, Timing } from './exchange.ts';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ECONNRESET: 'the connection was dropped (ECONNRESET)',
  EPIPE: 'the connection was dropped (EPIPE)',
  ENOTFOUND: 'there is no such host (ENOTFOUND)',
  HPE_INVALID_CONSTANT:
    'the server sent bytes that are not HTTP, or that follow the end of a response (HPE_INVALID_CONSTANT)',
  HPE_CLOSED_CONNECTION: 'the server sent bytes after the end of the response (HPE_CLOSED_CONNECTION)',
};

/** The error for a request without a complete response. */
export class NoResponseError extends Error {
  override readonly name = 'NoResponseError';
  readonly request: HttpRequest;
  /** Whether no connection is possible, for example because nothing listens at the address. */
  readonly isRefused: boolean;
  /** When the request was sent and how long it took to fail. Set by the connection of a run. */
  timing: Timing | undefined;

  constructor(request: HttpRequest, cause: unknown) {
    // For a host name with several addresses, the error has one error per address.
    const error: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
    const { code = '', message } = error as NodeJS.ErrnoException;
    super(REASONS[code] ?? (code === '' || message.includes(code) ? message : `${message} (${code})`));
    this.request = request;
    this.isRefused = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code);
  }
}
