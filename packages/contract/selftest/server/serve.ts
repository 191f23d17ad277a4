import { createServer, IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Listening, listen } from '@firstofficer/common/listen';
import { CORRECT } from './correct.ts';
import { getErrorBody } from './description.ts';
import type { Answer, Message, Request, ServerState, Steps, Variant } from './steps.ts';

// The longest valid identifier takes 12 KB. The server must answer 400 to longer ones before Node answers 431.
const MAX_HEADER_BYTES = 1024 * 1024;

/**
 * Starts the correct server, or a variant of it, on a free loopback port.
 *
 * @example
 * const { url, close } = await startServer({ withoutDate: true });
 */
export function startServer({ keepAliveTimeout, withoutDate, ...steps }: Variant = {}): Promise<Listening> {
  const crash = () => server.close().closeAllConnections();
  const listener = createListener({ ...CORRECT, ...steps }, crash);
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requireHostHeader: false,
      ...(keepAliveTimeout !== undefined && { keepAliveTimeout, keepAliveTimeoutBuffer: 0 }),
    },
    (request, response) => {
      if (withoutDate) response.sendDate = false;
      listener(request, response);
    },
  );
  // Handle requests with an Expect header like all others.
  server.on('checkExpectation', listener);
  answerUnparsable(server, listener);
  return listen(server);
}

function createListener(steps: Steps, crash: () => void): RequestListener {
  let requests = 0;
  const state: ServerState = { seen: new Set(), answers: new Map(), latestPath: '' };
  return async (incoming, response) => {
    requests += 1;
    const request = { ...parseTarget(incoming), number: requests, state, crash };
    const answer = await createAnswer(request, steps).catch(() => internalError);
    steps.send(steps.changeMessage(serialize(answer, request, steps), request), response, request);
  };
}

function parseTarget({ method = 'GET', url: target = '/', headers, headersDistinct, socket }: IncomingMessage) {
  // Split manually, because a URL parser would resolve dot segments and encode the path again.
  const [path = '', ...query] = target.replace(/^https?:\/\/[^/?]*/i, '').split('?');
  const authorization = headersDistinct.authorization ?? [];
  return { method, target, path, query: query.join('?'), headers, authorization, socket };
}

async function createAnswer(request: Request, steps: Steps): Promise<Answer> {
  return steps.changeAnswer(await steps.answer(request, steps), request);
}

/** The answer if a step throws. The steps of the correct server never throw. */
const internalError: Answer = { status: 500, headers: {}, body: getErrorBody(500) };

function serialize({ status, headers, body }: Answer, request: Request, steps: Steps): Message {
  const content = steps.serialize(body, request);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length), ...headers },
    bytes,
  };
}

interface ClientError extends NodeJS.ErrnoException {
  /** The latest packet that Node received. */
  readonly rawPacket?: Buffer;
}

/**
 * Handles requests that Node does not pass to request listeners: CONNECT and unknown methods. The server must check
 * the key before it answers them, as for all requests. It answers 400 to bytes that are not HTTP.
 */
function answerUnparsable(server: Server, listener: RequestListener): void {
  server.on('connect', (request, socket) => respond(request, socket, listener));
  server.on('clientError', ({ code, rawPacket }: ClientError, socket) => {
    if (!socket.writable) return;
    const request = code === 'HPE_INVALID_METHOD' ? parsePacket(rawPacket, socket) : undefined;
    if (request) respond(request, socket, listener);
    else reject(socket);
  });
}

function respond(request: IncomingMessage, socket: Duplex, listener: RequestListener): void {
  if (!(socket instanceof Socket)) throw new Error('The connection is not a TCP socket.');
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  // Node no longer handles this connection, so an error without this listener would end the process.
  socket.on('error', () => socket.destroy());
  response.once('finish', () => socket.destroySoon());
  listener(request, response);
}

/** Parses a request that Node rejects. Returns undefined unless the packet contains its request line and headers. */
function parsePacket(packet: Buffer | undefined, socket: Duplex): IncomingMessage | undefined {
  if (!(socket instanceof Socket)) return undefined;
  const [head = ''] = packet?.toString('latin1').split('\r\n\r\n') ?? [];
  const [requestLine = '', ...lines] = head.split('\r\n');
  const [, method, target] = /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/1\.[01]$/.exec(requestLine) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headersDistinct: Record<string, string[]> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    headersDistinct[name.toLowerCase()] = [...(headersDistinct[name.toLowerCase()] ?? []), value];
  }
  const headers = Object.fromEntries(
    Object.entries(headersDistinct).map(([name, values]) => [name, values.join(', ')]),
  );
  const version = { httpVersionMajor: 1, httpVersionMinor: 1 };
  return Object.assign(new IncomingMessage(socket), { method, url: target, headers, headersDistinct, ...version });
}

function reject(socket: Duplex): void {
  const body = JSON.stringify(getErrorBody(400));
  const head = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n`;
  socket.end(`HTTP/1.1 400 Bad Request\r\n${head}\r\n${body}`);
}
