import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import {
  canHaveBody,
  type Exchange,
  type HttpRequest,
  type HttpResponse,
  MAX_BODY_BYTES,
  mayBeEndless,
  parseBaseUrl,
  STREAM_MS,
  USER_AGENT,
} from './exchange.ts';
import { NoResponseError } from './failure.ts';

/** Sends requests to one target. */
export interface HttpClient {
  /**
   * Sends a request.
   *
   * @throws NoResponseError if there is no complete response.
   */
  send(request: HttpRequest): Promise<Exchange>;
  close(): void;
}

// Requests with these methods have no body by default.
const WITHOUT_BODY = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

/**
 * Creates an HTTP client that sends requests unchanged. `fetch` resolves dot segments, re-encodes paths, follows redirects
 * and decodes bodies, which would hide the behaviour of the server.
 */
export function createHttpClient(baseUrl: string, timeLimitMs: number): HttpClient {
  const { protocol, origin, hostname, port, hostHeader, pathPrefix } = parseBaseUrl(baseUrl);
  const { request: open, Agent } = protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true });

  function attempt(request: HttpRequest, { isRetry = false } = {}): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      const outgoing = open({
        protocol,
        hostname,
        port,
        // A retry needs a new connection.
        agent: isRetry ? false : agent,
        method: request.method,
        path: (request.isAbsolute ? origin : '') + pathPrefix + request.target,
        headers: [['Host', hostHeader], ...request.headers, ...createLengthHeader(request)].flat(),
      });
      let timeoutError: Error | undefined;
      let received: IncomingMessage | undefined;
      const timer = setTimeout(() => {
        timeoutError = new Error(`no complete response within ${timeLimitMs / 1000} s`);
        outgoing.destroy(timeoutError);
      }, timeLimitMs);
      outgoing.once('close', () => clearTimeout(timer));
      outgoing.once('response', (incoming) => {
        received = incoming;
        const response = createResponse(incoming, Buffer.alloc(0));
        readBody(incoming, mayBeEndless(response) ? STREAM_MS : undefined).then(
          (read) => resolve({ ...response, ...read }),
          (error: unknown) => reject(timeoutError ?? error),
        );
      });
      // A server may switch protocols. Treat that as a response without a body.
      outgoing.once('upgrade', (incoming, socket) => {
        socket.destroy();
        resolve(createResponse(incoming, Buffer.alloc(0)));
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // Node fails to parse a forbidden body, because it reads it as the next response.
        if (received && error.code?.startsWith('HPE_') && !canHaveBody(request.method, received.statusCode ?? 0)) {
          resolve({ ...createResponse(received, Buffer.alloc(0)), hasForbiddenBody: true });
          return;
        }
        // The server closed a kept-alive connection while the client reused it.
        const isStale = outgoing.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '');
        reject(isStale ? new StaleConnectionError() : error);
      });
      outgoing.end(request.body);
    });
  }

  return {
    async send(request) {
      try {
        const response = await attempt(request).catch((error: unknown) => {
          if (error instanceof StaleConnectionError) return attempt(request, { isRetry: true });
          throw error;
        });
        return { request, ...response };
      } catch (error) {
        throw new NoResponseError(request, error);
      }
    },
    close: () => agent.destroy(),
  };
}

/** Thrown for a stale kept-alive connection. This is not a fault of the server, so the request is sent again. */
class StaleConnectionError extends Error {}

/** Returns the Content-Length header, which Node does not add to a list of headers. */
function createLengthHeader({ method, body }: HttpRequest): HttpRequest['headers'] {
  if (body === undefined && WITHOUT_BODY.includes(method.toUpperCase())) return [];
  return [['Content-Length', String(Buffer.byteLength(body ?? ''))]];
}

/**
 * Reads a body.
 *
 * @param limitMs - After this time, the body that has arrived is returned as a partial one. Default: wait for its end.
 */
async function readBody(
  incoming: IncomingMessage,
  limitMs: number | undefined,
): Promise<Pick<HttpResponse, 'body' | 'isPartial'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isPartial = false;
  const stop = () => {
    isPartial = true;
    incoming.destroy();
  };
  const timer = limitMs === undefined ? undefined : setTimeout(stop, limitMs);
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) throw new Error(`the body is larger than ${MAX_BODY_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!isPartial && code !== 'ECONNRESET') throw error;
    if (!isPartial) {
      const announced = incoming.headers['content-length'];
      const bytes = announced === undefined ? `${size}` : `${size} of ${announced}`;
      throw new Error(`the connection ended after ${bytes} bytes of the body (${message})`);
    }
  } finally {
    clearTimeout(timer);
  }
  return { body: Buffer.concat(chunks), isPartial };
}

function createResponse(incoming: IncomingMessage, body: Buffer): HttpResponse {
  const { rawHeaders, httpVersion, statusCode = 0, statusMessage = '' } = incoming;
  const headers = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
  );
  return {
    httpVersion,
    status: statusCode,
    statusText: statusMessage,
    headers,
    body,
    hasForbiddenBody: false,
    isPartial: false,
  };
}

/** Returns why a target cannot be reached, or undefined if it sends any HTTP response. */
export async function explainUnreachable(url: string, timeLimitMs: number): Promise<string | undefined> {
  const client = createHttpClient(url, timeLimitMs);
  try {
    await client.send({ method: 'GET', target: '/', headers: [['User-Agent', USER_AGENT]] });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    client.close();
  }
}
