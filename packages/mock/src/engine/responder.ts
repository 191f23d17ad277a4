import type { Operation } from '@firstofficer/openapi/browser';
import type { Preferences } from './preferences.ts';
import type { MockResponse } from './response.ts';

/** A request to an operation. Its path is valid percent-encoding. */
export interface PrismRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The preferences for a response, and whether to validate the request. */
interface ResponseOptions extends Preferences {
  /** Whether an invalid request gets the documented 400 or 422 instead. Default: true. */
  readonly validate?: boolean;
}

/** Returns a response to a request, created from the examples of the description. */
export type Responder = (
  operation: Operation,
  request: PrismRequest,
  options: ResponseOptions,
) => Promise<MockResponse>;
