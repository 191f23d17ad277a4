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
