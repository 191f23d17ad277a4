import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { Engine, EngineResponse } from '../engine/engine.ts';
import type { CreateError } from '../engine/errors.ts';
import type { MockResponse } from '../engine/response.ts';
import { readBody } from './body.ts';
import { type ControlListener, isControlRequest } from './control.ts';
import { createDelays } from './delays.ts';

// Large enough that an identifier far above the documented length gets the documented 400 instead of Node's 431.
const MAX_HEADER_BYTES = 256 * 1024;

/** Headers that let pages of any origin call the mock and read response headers. The mock is for local development. */
const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': '*',
} as const;

/** The HTTP server of a mock. */
interface MockServer {
  readonly server: Server;
  /** Closes the connections of the requests whose response is delayed, now and from now on. */
  endDelays(): void;
}

/**
 * Creates the HTTP server of a mock. It does not listen yet.
 *
 * @param getEngine - Returns the engine that responds to the next request.
 * @param control - Handles the requests to the control API.
 */
export function createMockServer(getEngine: () => Engine, control?: ControlListener): MockServer {
  const delays = createDelays();
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    if (control && isControlRequest(request)) return control(request, response);
    if (isPreflight(request)) return void response.writeHead(204, buildPreflightHeaders(request)).end();
    const engine = getEngine();
    const answer = await respond(request, engine);
    if (answer.delay && !(await delays.wait(request.socket, answer.delay))) {
      answer.record?.complete(undefined);
      return;
    }
    try {
      send(response, answer);
    } catch (error) {
      // An example of the description may be no valid header, or a key of its responses no valid status.
      send(response, { ...engine.createFailure(error), record: answer.record });
    }
  };
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, requireHostHeader: false }, listener);
  // Node would ignore the headers after the first 2,000.
  server.maxHeadersCount = 0;
  // The API ignores the Expect header.
  server.on('checkExpectation', listener);
  respondToUnparsableRequests(server, getEngine);
  return { server, endDelays: delays.end };
}

async function respond(request: IncomingMessage, { handle, createError }: Engine): Promise<EngineResponse> {
  const { method = 'GET', url = '/' } = request;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  if (hasSeveralHosts(request)) return createError(400, 'The request has several Host headers. Send one.');
  return handle({ method, target: url, headers, readBody: () => readBody(request) });
}

/** Returns whether a request has more than one `Host` header, which HTTP forbids. Node would use the first one. */
function hasSeveralHosts({ rawHeaders }: IncomingMessage): boolean {
  const isHost = (name: string) => name.length === 4 && name.toLowerCase() === 'host';
  return rawHeaders.filter((name, index) => index % 2 === 0 && isHost(name)).length > 1;
}

/** Sends a response, or the part of it before the connection is cut. */
function send(response: ServerResponse, { status, headers, payload, drop, record }: EngineResponse): void {
  if (drop === 'headers') {
    record?.complete(undefined, 'headers');
    closeWithoutResponse(response);
    return;
  }
  const length = status === 204 || status === 304 ? undefined : Buffer.byteLength(payload);
  response.writeHead(status, buildHeaders(headers, length));
  record?.complete(status, drop);
  // Node does not send the payload of a HEAD response. Content-Length is the same as for GET.
  if (drop === undefined) response.end(payload);
  else sendHalf(response, Buffer.from(payload));
}

/** Sends the first half of a body and closes the connection. */
function sendHalf(response: ServerResponse, body: Buffer): void {
  // The socket closes after the bytes are sent: a connection that is reset could lose them.
  response.write(body.subarray(0, body.length / 2), () => response.socket?.destroySoon());
}

/** Returns the headers to send, each of them once: the description may write a name in another letter case. */
function buildHeaders(headers: MockResponse['headers'], length: number | undefined): OutgoingHttpHeaders {
  const byName = new Map<string, [string, string]>();
  for (const entry of [...Object.entries(CORS_HEADERS), ...Object.entries(headers)]) {
    byName.set(entry[0].toLowerCase(), entry);
  }
  return { ...Object.fromEntries(byName.values()), ...(length !== undefined && { 'Content-Length': length }) };
}

/** Closes the connection, after the responses to earlier requests on this connection. */
function closeWithoutResponse(response: ServerResponse): void {
  // A response gets its socket when the previous one is complete.
  if (response.socket) response.socket.destroy();
  else response.once('socket', (socket: Duplex) => socket.destroy());
}

/** Returns whether a request is a CORS preflight. Other OPTIONS requests are handled like any other method. */
function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** Builds the headers of a preflight response. They allow whatever the preflight asks for. */
function buildPreflightHeaders({ headers }: IncomingMessage): Record<string, string> {
  return {
    ...CORS_HEADERS,
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? '',
    // `*` does not include Authorization.
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
    'Access-Control-Max-Age': '600',
  };
}

/**
 * Sends JSON error responses to requests that Node does not pass to the listener: unknown methods, CONNECT, bytes that
 * are not HTTP, and headers that are too large.
 *
 * @param getEngine - Returns the engine, which knows the methods and the shape of errors.
 */
function respondToUnparsableRequests(server: Server, getEngine: () => Engine): void {
  const createNotAllowedResponse = () => {
    const { allow, createError } = getEngine();
    const message = `This method is not allowed. Allowed methods: ${allow}.`;
    return createError(405, message, { headers: { Allow: allow } });
  };
  server.on('connect', (_, socket) => {
    // Node no longer handles the errors of this socket, and an error without a listener would end the process.
    socket.on('error', () => socket.destroy());
    write(socket, createNotAllowedResponse());
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    write(socket, createParserErrorResponse(getEngine().createError, error.code) ?? createNotAllowedResponse());
  });
}

/** Returns the response to a request that Node cannot parse, or undefined if its method is unknown. */
function createParserErrorResponse(createError: CreateError, code: string | undefined): MockResponse | undefined {
  switch (code) {
    case 'HPE_INVALID_METHOD':
      return undefined;
    case 'HPE_HEADER_OVERFLOW':
      return createError(431, `The request line and the headers are larger than ${MAX_HEADER_BYTES} bytes.`);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return createError(408, 'The request did not arrive completely in time.');
    default:
      return createError(400, 'The request is not valid HTTP.');
  }
}

function write(socket: Duplex, { status, headers, payload }: MockResponse): void {
  // The client may have disconnected, or may already have received a response to the part of its bytes that is valid.
  if (!socket.writable) return;
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(payload), Connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${payload}`);
}
