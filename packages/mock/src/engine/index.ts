import type { Operation } from '@firstofficer/openapi/browser';
import { createBrowserTools, type Validators } from './browser-tools.ts';
import { createController } from './control.ts';
import { createEngine, type EngineResponse } from './engine.ts';
import { checkContentType } from './request-body-error.ts';

export type { Operation } from '@firstofficer/openapi/browser';
export type { ValidationError, Validator, Validators } from './browser-tools.ts';
export { DEFAULT_TOKEN } from './token.ts';

/**
 * Options of {@link createBrowserMock}. `@firstofficer/mock/generate` formats the modules that export the operations and
 * the validators.
 *
 * @example
 * const options: BrowserMockOptions = { operations, validators, token: 'sesame' };
 */
export interface BrowserMockOptions {
  readonly operations: readonly Operation[];
  /** Validate the parameters of each operation, by its ID. */
  readonly validators: Validators;
  /** The only API key that the mock accepts. Default: `DEFAULT_TOKEN`. */
  readonly token?: string;
}

/**
 * A request to a {@link BrowserMock}.
 *
 * @example
 * const request: BrowserRequest = { method: 'GET', target: '/v2/customers/cus_1234ABCD' };
 */
export interface BrowserRequest {
  /** The HTTP method in uppercase. */
  readonly method: string;
  /** The path, percent-encoded, and the query. The mock does not resolve the segments `.` and `..`. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The text of the body. If it is missing or empty, the request has no body. */
  readonly body?: string;
}

/**
 * A response of a {@link BrowserMock}, and how to present it.
 *
 * @example
 * const { status, headers, body } = await mock.respond(request);
 */
export interface BrowserResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The text of the body; empty if the response has none. */
  readonly body: string;
  /** How long the request asks the mock to wait, in milliseconds. The mock itself does not wait. */
  readonly delay?: number;
  /** Where the request asks the mock to cut the connection. The response is complete, whatever the value is. */
  readonly drop?: 'headers' | 'body';
}

/**
 * A mock without a server, without a network and without files.
 *
 * @example
 * const mock: BrowserMock = createBrowserMock({ operations, validators });
 */
export interface BrowserMock {
  /** Returns the response that the server of the mock sends to the same request. */
  respond(request: BrowserRequest): Promise<BrowserResponse>;
}

/**
 * Creates a mock that answers in a page, also under a content security policy without `connect-src` and `unsafe-eval`.
 * It has the responses that need no generated data.
 *
 * @throws Error if the token is invalid.
 * @example
 * import { operations } from './operations.ts';
 * import { validators } from './parameters.ts';
 *
 * const mock = createBrowserMock({ operations, validators });
 * const headers = { Authorization: `Basic ${btoa(`${DEFAULT_TOKEN}:`)}` };
 * const { status } = await mock.respond({ method: 'GET', target: '/v2/customers/cus_1234ABCD', headers });
 */
export function createBrowserMock({ operations, validators, token }: BrowserMockOptions): BrowserMock {
  const { state } = createController({ token, scenarios: [] }, operations);
  const engine = createEngine(operations, createBrowserTools(validators), { ...state, isNegotiated: false });
  return {
    async respond({ method, target, headers: given = {}, body }) {
      const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
      const response = await engine.handle({
        method,
        target,
        headers,
        async readBody() {
          checkContentType(headers['content-type'] ?? null);
          return body || undefined;
        },
      });
      return toBrowserResponse(response);
    },
  };
}

function toBrowserResponse({ status, headers, payload, delay, drop }: EngineResponse): BrowserResponse {
  return { status, headers, body: payload, ...(delay && { delay }), ...(drop && { drop }) };
}
