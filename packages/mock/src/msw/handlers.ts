import type { Operation } from '@firstofficer/openapi/browser';
import { HttpResponse, http, type RequestHandler } from 'msw';
import { createController, type MockControl } from '../engine/control.ts';
import { createEngine, type Engine, type EngineResponse } from '../engine/engine.ts';
import type { OwnExamples } from '../engine/examples/own-examples.ts';
import type { ReceivedRequest } from '../engine/received.ts';
import { checkContentType } from '../engine/request-body-error.ts';
import type { Tools } from '../engine/tools.ts';

/**
 * The options of `createMockHandlers` that Node and browsers share.
 *
 * @example
 * const options: HandlerOptions = { baseUrl: 'https://api.firstofficer.io', token: 'sesame' };
 */
export interface HandlerOptions {
  /**
   * The URL of the API, as in the code that calls it. In a browser, it may be a path such as `/api`. Default: the first
   * server of the description.
   */
  readonly baseUrl?: string;
  /** The only API key that the mock accepts. Default: `DEFAULT_TOKEN`. */
  readonly token?: string;
  /** The seed of random failures and of random data. The same seed gives the same ones. Default: a random seed. */
  readonly seed?: string | number;
  /** Is called with each request when it is answered, for example to print it. */
  readonly onRequest?: (request: ReceivedRequest) => void;
}

/**
 * A mock without a server: MSW passes requests to it.
 *
 * @example
 * const mock: MockHandlers = await createMockHandlers();
 * setupServer(...mock.handlers).listen();
 */
export interface MockHandlers extends MockControl {
  /** The handlers for `setupServer` or `setupWorker` of MSW. */
  readonly handlers: readonly RequestHandler[];
}

/** The API that the handlers answer for. */
export interface MockedApi {
  readonly operations: readonly Operation[];
  readonly tools: Tools;
  readonly examples: OwnExamples;
  /** Whether the header `Accept` chooses the content type. */
  readonly isNegotiated: boolean;
  /** The URL of the first server; undefined if the description has none. */
  readonly serverUrl: string | undefined;
}

/**
 * Creates handlers with the same engine as the server of the mock.
 *
 * @throws Error if the token, the base URL or a scenario is invalid.
 */
export function createHandlers(
  { operations, tools, examples, isNegotiated, serverUrl }: MockedApi,
  { baseUrl, scenarios = [], ...options }: HandlerOptions & { readonly scenarios?: unknown },
): MockHandlers {
  const base = parseBaseUrl(baseUrl ?? serverUrl);
  const { state, use, reset, requests } = createController({ ...options, scenarios }, operations);
  const engine = createEngine(operations, tools, { examples, isNegotiated, ...state });
  // A path as a string would be a pattern, in which the colon before a port begins a parameter.
  const paths = new RegExp(`^${base.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?=/|$)`);
  const handler = http.all(paths, ({ request }) => respond(engine, request, base));
  return { handlers: [handler], use, reset, requests };
}

/** Returns the URL without a slash at the end. */
function parseBaseUrl(baseUrl: string | undefined): string {
  const location: { readonly href: string } | undefined = Reflect.get(globalThis, 'location');
  const url = baseUrl === undefined ? null : URL.parse(baseUrl, location?.href);
  if (!url || !/^https?:$/.test(url.protocol)) {
    const reason =
      baseUrl === undefined ? 'is missing, and the description has no server' : `is ${JSON.stringify(baseUrl)}`;
    throw new Error(`baseUrl ${reason}. Set it to the URL of the API, such as https://api.example.com.`);
  }
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

async function respond(engine: Engine, request: Request, base: string): Promise<Response> {
  const { method, url, signal } = request;
  const response = await engine.handle({
    method,
    target: url.slice(base.length).replace(/#.*/s, ''),
    headers: Object.fromEntries(request.headers),
    async readBody() {
      checkContentType(request.headers.get('content-type'));
      return (await request.text()) || undefined;
    },
  });
  if (response.delay) await wait(response.delay, signal);
  if (signal.aborted) {
    response.record?.complete(undefined);
    return HttpResponse.error();
  }
  try {
    return toMswResponse(response, method);
  } catch (error) {
    // A header of an example or a scenario may be invalid.
    return toMswResponse({ ...engine.createFailure(error), record: response.record }, method);
  }
}

/** Converts a response. A cut connection is a network error, or a body that ends with an error. */
function toMswResponse({ status, headers, payload, drop, record }: EngineResponse, method: string): Response {
  if (drop === 'headers') {
    record?.complete(undefined, 'headers');
    return HttpResponse.error();
  }
  const bytes = new TextEncoder().encode(payload);
  const body = drop === 'body' ? cut(bytes) : bytes;
  const sent = new Headers();
  // The description may write a name twice, in different letter case.
  for (const [name, value] of Object.entries(headers)) sent.set(name, value);
  // Without the length, MSW in Node ends a body with an error as if it was complete.
  if (status !== 204 && status !== 304) sent.set('Content-Length', String(bytes.length));
  const response = new HttpResponse(payload === '' || method === 'HEAD' ? null : body, { status, headers: sent });
  record?.complete(status, drop);
  return response;
}

/** Returns a stream of the first half of a body. Reading the rest fails. */
function cut(body: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      start: (controller) => controller.enqueue(body.subarray(0, body.length / 2)),
      // An error at the start would discard the half.
      pull: (controller) => controller.error(new TypeError('terminated')),
    },
    { highWaterMark: 0 },
  );
}

/** Waits. Ends early if the client aborts the request. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
