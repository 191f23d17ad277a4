import type { HttpRequest } from './request.ts';

/** A request that got no response, or not a whole one. */
export class NoResponseError extends Error {
  override readonly name = 'NoResponseError';
  readonly request: HttpRequest;
  /** Whether nothing listens, rather than something that listens and fails. */
  readonly refused: boolean;

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

/** Says in a few words why a request got no response. */
function whyNoResponse(error: unknown): string {
  // A name with several addresses fails with the errors of all of them.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const { code = '', message } = first as NodeJS.ErrnoException;
  return REASONS[code] ?? (code === '' || message.includes(code) ? message : `${message} (${code})`);
}

/** Whether an error says that nothing can be connected to. */
function isConnectionRefused(error: unknown): boolean {
  const { code = '' } = (error instanceof AggregateError ? error.errors[0] : error) as NodeJS.ErrnoException;
  return ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code);
}
