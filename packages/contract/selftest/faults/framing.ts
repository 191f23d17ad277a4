import { STATUS_CODES } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type FaultGroup, type FaultyServer, foundBy } from '../fault.ts';
import type { Message } from '../server/steps.ts';
import { addHeaders, changeMessages, withBody, withoutHeaders } from '../variants.ts';

/** The parts of a message as text. */
interface Parts {
  readonly body: string;
  readonly length: number;
  /** Returns the status line and the headers, with framing headers that Node would not write. */
  head(framing: Readonly<Record<string, string | number>>): string;
}

function split(message: Message): Parts {
  const { headers, status, bytes } = withoutHeaders(message, 'content-length', 'transfer-encoding');
  return {
    body: bytes.toString('latin1'),
    length: bytes.length,
    head: (framing) => {
      const lines = Object.entries({ ...headers, ...framing }).map(([name, value]) => `${name}: ${value}\r\n`);
      return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`;
    },
  };
}

/** Returns a server that sends these bytes for a message, and closes the connection. */
function sends(write: (parts: Parts) => string): FaultyServer {
  return {
    variant: { send: (message, response) => response.socket?.end(Buffer.from(write(split(message)), 'latin1')) },
  };
}

/** Returns a server that sends these bytes for a message, and keeps the connection open. */
function sendsAndWaits(write: (parts: Parts) => string): FaultyServer {
  return {
    variant: { send: (message, response) => response.socket?.write(Buffer.from(write(split(message)), 'latin1')) },
    hangs: true,
  };
}

const compress = (change: (bytes: Buffer) => Buffer) =>
  changeMessages(
    () => true,
    (message) => withBody(message, change(gzipSync(message.bytes)), { 'Content-Encoding': 'gzip' }),
  );

const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const LAST_CHUNK = '0\r\n\r\n';
const CHUNKED = { 'Transfer-Encoding': 'chunked' };

export const messageFraming: FaultGroup = {
  name: 'framing',
  faults: [
    ...foundBy('message_framing', {
      'sends too large a Content-Length and keeps the connection open': sendsAndWaits(
        ({ head, body, length }) => head({ 'Content-Length': length + 10 }) + body,
      ),
      'sends too large a Content-Length and closes the connection': sends(
        ({ head, body, length }) => head({ 'Content-Length': length + 10 }) + body,
      ),
      'sends too small a Content-Length': sends(
        ({ head, body, length }) => head({ 'Content-Length': length - 1 }) + body,
      ),
      'sends a Content-Length of 0 with a body': sends(({ head, body }) => head({ 'Content-Length': 0 }) + body),
      'sends a Content-Length that is not a number': sends(
        ({ head, body, length }) => head({ 'Content-Length': `${length} bytes` }) + body,
      ),
      'sends two Content-Length headers that differ': sends(
        ({ head, body, length }) => head({ 'Content-Length': length, 'content-length': length + 1 }) + body,
      ),
      'sends both Content-Length and Transfer-Encoding': sends(
        ({ head, body, length }) => head({ 'Content-Length': length, ...CHUNKED }) + chunk(body) + LAST_CHUNK,
      ),
      'closes the connection before the last chunk': sends(({ head, body }) => head(CHUNKED) + chunk(body)),
      'never sends the last chunk and keeps the connection open': sendsAndWaits(
        ({ head, body }) => head(CHUNKED) + chunk(body),
      ),
      'sends a chunk whose size is not a number': sends(
        ({ head, body }) => `${head(CHUNKED)}size\r\n${body}\r\n${LAST_CHUNK}`,
      ),
      'sends a chunk that is longer than its size': sends(
        ({ head, body }) => `${head(CHUNKED)}2\r\n${body}\r\n${LAST_CHUNK}`,
      ),
      'sends the last chunk twice': sends(({ head, body }) => head(CHUNKED) + chunk(body) + LAST_CHUNK + LAST_CHUNK),
      'sends a body that is not chunked with Transfer-Encoding: chunked': sends(
        ({ head, body }) => head(CHUNKED) + body,
      ),
      'sends no Content-Length and keeps the connection open': sendsAndWaits(({ head, body }) => head({}) + body),
      'sends a header without a colon': sends(
        ({ head, body, length }) =>
          head({ 'Content-Length': length }).replace('\r\n\r\n', '\r\nX-Debug\r\n\r\n') + body,
      ),
      'closes the connection in the middle of the body': sends(
        ({ head, body, length }) => head({ 'Content-Length': length }) + body.slice(0, length / 2),
      ),
    }),
    ...foundBy('no_response', {
      'sends a status line without the HTTP version': sends(
        ({ head, body, length }) => head({ 'Content-Length': length }).replace('HTTP/1.1 ', 'HTTP ') + body,
      ),
      'sends only the body, as in HTTP/0.9': sends(({ body }) => body),
      'closes the connection before it answers': { variant: { send: (_, response) => response.socket?.destroy() } },
      'closes the connection in the middle of the headers': sends(({ head }) => head({}).slice(0, 40)),
    }),
    ...foundBy('content_coding', {
      'compresses the body although the client did not ask for it': {
        variant: compress((bytes) => bytes),
        severity: 'note',
      },
      'sends Content-Encoding: gzip with an uncompressed body': { variant: addHeaders({ 'Content-Encoding': 'gzip' }) },
      'sends Content-Encoding: br with an uncompressed body': { variant: addHeaders({ 'Content-Encoding': 'br' }) },
      'sends an unknown Content-Encoding': { variant: addHeaders({ 'Content-Encoding': 'utf-8' }) },
      'sends a truncated gzip stream': { variant: compress((bytes) => bytes.subarray(0, -12)) },
    }),
  ],
};
