import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { loadDescription } from '@firstofficer/openapi';
import { CORS_HEADERS, isPreflight, preflightHeaders } from './cors.ts';
import { allowedMethods, createHandler } from './handler.ts';
import { createPrism } from './prism.ts';
import { BodyTooLargeError, InvalidContentTypeError, readBody } from './request-body.ts';
import { createErrorResponse, type MockResponse } from './response.ts';
import { cacheResponses } from './response-cache.ts';
import { DEFAULT_TOKEN, isValidKey, KEY_FORMAT } from './token.ts';
import { handleUnparsableRequests } from './unparsable-requests.ts';
import { cacheValidation } from './validation-cache.ts';

/**
 * Options of {@link startMock}.
 *
 * @example
 * const options: MockOptions = { port: 4010, token: 'sesame' };
 */
export interface MockOptions {
  /** The port to listen on. 0 chooses a free port. Default: 0. */
  readonly port?: number;
  /** The address to listen on. Default: `127.0.0.1`, which other machines cannot reach. */
  readonly host?: string;
  /** The only API key that the mock accepts. Default: {@link DEFAULT_TOKEN}. */
  readonly token?: string;
  /** The path of the OpenAPI description to serve. Default: the description of FirstOfficer's API. */
  readonly spec?: string;
}

/**
 * A running mock.
 *
 * @example
 * const { url, close }: Mock = await startMock();
 */
export interface Mock {
  /** The base URL of the mock, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /**
   * Reads the description again, on the same port. Requests that arrive later get responses of the new description.
   *
   * @throws Error if the description cannot be read. The mock then keeps the previous description.
   */
  reload(): Promise<void>;
  /** Stops the mock. It finishes requests in progress and accepts no new ones. */
  close(): Promise<void>;
}

// Large enough that an identifier far over the documented length gets the documented 400 instead of Node's 431.
const MAX_HEADER_BYTES = 256 * 1024;
// How long a stopping mock waits for requests in progress.
const GRACE_MS = 1000;

/**
 * Starts a local mock of the API. It responds with the examples of the OpenAPI description.
 *
 * @throws Error with a system error `code` such as `EADDRINUSE` or `EACCES` if the mock cannot listen on the address.
 * @throws Error if the description cannot be read or the token is invalid.
 * @example
 * const mock = await startMock();
 * await fetch(`${mock.url}/v2/customers/cus_1234ABCD`, { headers: { Authorization: `Token token="${DEFAULT_TOKEN}"` } });
 * await mock.close();
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const token = options.token ?? DEFAULT_TOKEN;
  if (!isValidKey(token)) throw new Error(`token must be ${KEY_FORMAT}.`);
  const spec = options.spec ?? fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));
  let service = await createService(spec, token);

  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    if (isPreflight(request)) response.writeHead(204, preflightHeaders(request)).end();
    else send(response, await handleRequest(request, service.handle));
  };
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, requireHostHeader: false }, listener);
  // The API ignores the Expect header.
  server.on('checkExpectation', listener);
  handleUnparsableRequests(server, () => service.allow);
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  return {
    url: serverUrl(server),
    reload: async () => {
      service = await createService(spec, token);
    },
    close: () => stop(server),
  };
}

/** Reads a description and returns what depends on it: the request handler and the value of the `Allow` header. */
async function createService(spec: string, token: string) {
  const description = await loadDescription(spec);
  const prism = await createPrism(description);
  const respond = cacheResponses({ ...prism, isValid: cacheValidation(prism.isValid) });
  return {
    handle: createHandler(description, respond, token),
    allow: allowedMethods(description.operations),
  };
}

async function handleRequest(
  request: IncomingMessage,
  handle: ReturnType<typeof createHandler>,
): Promise<MockResponse> {
  const { method = 'GET', url = '/' } = request;
  try {
    return await handle({ method, target: url, headers: headerValues(request), body: () => readBody(request) });
  } catch (error) {
    if (error instanceof BodyTooLargeError) return createErrorResponse(413, error.message, { Connection: 'close' });
    if (error instanceof InvalidContentTypeError) return createErrorResponse(400, error.message);
    return createErrorResponse(500, `The mock failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function send(response: ServerResponse, { status, headers, payload }: MockResponse): void {
  const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(payload) };
  // Node does not send the payload of a HEAD response. Content-Length is the same as for GET.
  response.writeHead(status, { ...CORS_HEADERS, ...headers, ...length }).end(payload);
}

function headerValues({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function serverUrl(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function stop(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(timer);
}
