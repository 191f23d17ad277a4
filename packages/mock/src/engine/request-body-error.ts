import { createErrorResponse, type MockResponse } from './response.ts';

/** An error for a request body that cannot be read. It contains the response to the request. */
export class RequestBodyError extends Error {
  override readonly name = 'RequestBodyError';
  readonly response: MockResponse;

  constructor(status: number, message: string, headers?: MockResponse['headers']) {
    super(message);
    this.response = createErrorResponse(status, message, headers);
  }
}
