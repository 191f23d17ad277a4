import type { Operation } from '@firstofficer/openapi/browser';
import type { MockResponse } from './response.ts';

/** A request as the engine reads it. */
export interface ApiRequest {
  /** The decoded path parameters, by name. */
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | string[]>>;
  /** The headers, by name in lowercase. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text of the body; undefined if the request has none. */
  readonly body: string | undefined;
}

/** What a request does not conform to. */
export interface Violation {
  /** The place in the request, such as `query.limit` or `body.email`. */
  readonly location: string;
  /** What is wrong, such as `must be >= 1`. */
  readonly message: string;
  /** Whether the media type of the body is not documented (415), or something else is wrong (400). */
  readonly status: 400 | 415;
}

/** A part of a documented response that needs a value: its body, or one of its headers. */
export interface ResponseChoice {
  readonly operation: Operation;
  /** The key in `responses`: a status, a class such as `4XX`, or `default`. */
  readonly key: string;
  /** The content type of the body; undefined if the response has none. */
  readonly mediaType: string | undefined;
  /** The name of the header that needs a value. If undefined, the body does. */
  readonly header?: string;
}

/**
 * What the engine needs and cannot do itself. In Node, Prism does it. In a browser, generated code does.
 */
export interface Tools {
  /** Returns what the request violates. The list is empty for a valid request. */
  validate(operation: Operation, request: ApiRequest): Promise<readonly Violation[]>;
  /**
   * Returns a value for a part of a response that has no example, or random data.
   *
   * @param seed - Selects the random data. Without a seed, the same value is returned each time.
   * @throws Error if this environment cannot generate values.
   */
  generate(choice: ResponseChoice, seed?: string): Promise<unknown>;
  /** Sends the callbacks of an operation, if this environment can send requests. */
  sendCallbacks?(operation: Operation, request: ApiRequest, response: MockResponse): void;
}
