import type { MockResponse } from './response.ts';

/** An error for a request body that cannot be read. It contains the status of the response. */
export class RequestBodyError extends Error {
  override readonly name = 'RequestBodyError';
  readonly status: number;
  readonly headers: MockResponse['headers'];

  constructor(status: number, message: string, headers: MockResponse['headers'] = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/**
 * Checks the header `Content-Type` of a request.
 *
 * @throws RequestBodyError if it is not a media type.
 */
export function checkContentType(type: string | null): void {
  if (type === null || /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+ *(;|$)/.test(type)) return;
  throw new RequestBodyError(400, 'The Content-Type header must be a media type, such as application/json.');
}
