import { IncomingMessage, type RequestListener, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { explain } from './render.ts';

interface ClientError extends NodeJS.ErrnoException {
  /** The packet that Node's parser received last. */
  readonly rawPacket?: Buffer;
}

/**
 * Handles requests that Node does not pass to request listeners: CONNECT and unknown methods. They are requests
 * like all others, so the key is checked first for them as well. Bytes that are not HTTP get a 400.
 */
export function answerUnparsable(server: Server, listener: RequestListener): void {
  server.on('connect', (request, socket) => respond(request, socket as Socket, listener));
  server.on('clientError', ({ code, rawPacket }: ClientError, socket) => {
    if (!socket.writable) return;
    const request = code === 'HPE_INVALID_METHOD' ? parse(rawPacket, socket as Socket) : undefined;
    if (request) respond(request, socket as Socket, listener);
    else refuse(socket as Socket);
  });
}

function respond(request: IncomingMessage, socket: Socket, listener: RequestListener): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  // Node no longer handles these connections. Handle their errors here: nothing else listens for them.
  socket.on('error', () => socket.destroy());
  response.once('finish', () => socket.destroySoon());
  listener(request, response);
}

/** Parses a request line and headers that Node rejects, if they came in one packet. */
function parse(packet: Buffer | undefined, socket: Socket): IncomingMessage | undefined {
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

function refuse(socket: Socket): void {
  const body = JSON.stringify(explain(400));
  const head = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n`;
  socket.end(`HTTP/1.1 400 Bad Request\r\n${head}\r\n${body}`);
}
