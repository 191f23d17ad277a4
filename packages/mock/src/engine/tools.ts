import type { Operation } from '@firstofficer/openapi/browser';

/** A request as the engine reads it: decoded, and with the documented headers only. */
export interface ApiRequest {
  /** The path with encoded parameters. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
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

/** A response of the description: its status key and, if it has a body, the content type. */
export interface ResponseChoice {
  readonly operation: Operation;
  /** The key in `responses`: a status, a class such as `4XX`, or `default`. */
  readonly key: string;
  readonly mediaType: string | undefined;
}

/**
 * What the engine needs and cannot do itself. In Node, Prism does it. In a browser, generated code does.
 */
export interface Tools {
  /** Returns what the request violates. The list is empty for a valid request. */
  validate(operation: Operation, request: ApiRequest): Promise<readonly Violation[]>;
  /**
   * Returns a body for a response that has no example, or random data.
   *
   * @param seed - Selects the random data. Without a seed, the same static body is returned each time.
   * @throws Error if this environment cannot generate bodies.
   */
  generate(response: ResponseChoice, seed?: string): Promise<unknown>;
  /** Returns a strong ETag of a body. */
  createETag(payload: string): string | Promise<string>;
}
