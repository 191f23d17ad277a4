import type { Operation } from '@firstofficer/openapi';
import type { MockResponse } from './response.ts';

/** A request to an operation. Its path is valid percent-encoding. */
export interface PrismRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Selects a response of the description. Without a status, Prism sends the first documented success. */
export interface ResponseSelection {
  readonly status?: string | undefined;
  /** The name of a response example. */
  readonly example?: string | undefined;
}

/** The selected response, and whether to validate the request. */
interface ResponseOptions extends ResponseSelection {
  /** Whether an invalid request gets the documented 400 or 422 instead. Default: true. */
  readonly validate?: boolean;
}

/** Returns a response to a request, created from the examples of the description. */
export type Responder = (
  operation: Operation,
  request: PrismRequest,
  options: ResponseOptions,
) => Promise<MockResponse>;
