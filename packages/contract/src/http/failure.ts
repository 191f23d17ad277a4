import type { Timing } from './exchange.ts';
import type { HttpRequest } from './request.ts';

/** The error for a request without a complete response. */
export class NoResponseError extends Error {
  override readonly name = 'NoResponseError';
  readonly request: HttpRequest;
  /** Whether the connection failed because nothing listens at the address. */
  readonly refused: boolean;
  /** When the request was sent and how long it took to fail. Set by the connection of a run. */
  timing: Timing | undefined;

  constructor(request: HttpRequest, reason: string, refused: boolean) {
    super(reason);
    this.request = request;
    this.refused = refused;
  }

  static of(request: HttpRequest, error: unknown): NoResponseError {
    return new NoResponseError(request, whyNoResponse(error), isConnectionRefused(error));
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ECONNRESET: 'the connection was dropped (ECONNRESET)',
  EPIPE: 'the connection was dropped (EPIPE)',
  ENOTFOUND: 'there is no such host (ENOTFOUND)',
  HPE_INVALID_CONSTANT: 'bytes that are not HTTP, or that follow the end of a response (HPE_INVALID_CONSTANT)',
  HPE_CLOSED_CONNECTION: 'bytes follow the end of the response (HPE_CLOSED_CONNECTION)',
};

/** Returns a short reason why a request got no response. */
function whyNoResponse(error: unknown): string {
  // For a host name with several addresses, the error has one error per address.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code = '', message } = first as NodeJS.ErrnoException;
  return REASONS[code] ?? (code === '' || message.includes(code) ? message : `${message} (${code})`);
}

/** Returns whether an error means that no connection is possible. */
function isConnectionRefused(error: unknown): boolean {
  const { code = '' } = (error instanceof AggregateError ? error.errors[0] : error) as NodeJS.ErrnoException;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code);
}
