import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A request as it came in. */
export interface Request {
  readonly method: string;
  /** The request target as it was sent. */
  readonly target: string;
  /** The target's path, still percent-encoded; nothing in it is resolved. */
  readonly path: string;
  /** What follows the question mark, empty if there is none. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  /** Every value of the header, where it was sent more than once. */
  readonly authorization: readonly string[];
  /** One per connection. */
  readonly socket: Duplex;
  /** The server's requests are counted from 1. */
  readonly number: number;
  /** What the server keeps from one request to another. */
  readonly store: Map<string, unknown>;
  /** Stops the server for good. */
  crash(): void;
}

/** The parts of a message that a request is made from. */
type Message = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'headersDistinct'>;

export function readRequest(
  message: Message,
  context: Pick<Request, 'socket' | 'number' | 'store' | 'crash'>,
): Request {
  const { method = 'GET', url: target = '/', headers, headersDistinct } = message;
  // Split by hand: a URL parser would resolve dot segments and encode anew what was sent.
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
