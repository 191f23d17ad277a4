import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A received request. */
export interface Request {
  readonly method: string;
  /** The unchanged request target. */
  readonly target: string;
  /** The path of the target, percent-encoded and not normalized. */
  readonly path: string;
  /** The query without the question mark, or an empty string. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** All values of the header. */
  readonly authorization: readonly string[];
  /** Identifies the connection. */
  readonly socket: Duplex;
  /** The number of the request on this server, starting at 1. */
  readonly number: number;
  /** State that the server keeps between requests. */
  readonly store: Map<string, unknown>;
  /** Stops the server. */
  crash(): void;
}

/** The parts of an HTTP message from which a request is built. */
type Message = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'headersDistinct'>;

export function readRequest(
  message: Message,
  context: Pick<Request, 'socket' | 'number' | 'store' | 'crash'>,
): Request {
  const { method = 'GET', url: target = '/', headers, headersDistinct } = message;
  // Split manually, because a URL parser would resolve dot segments and encode the path again.
  const [path = '', ...query] = target.replace(/^https?:\/\/[^/?]*/i, '').split('?');
  return {
    method,
    target,
    path,
    query: query.join('?'),
    headers,
    authorization: headersDistinct.authorization ?? [],
    ...context,
  };
}
