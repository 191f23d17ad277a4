import { STATUS_CODES } from 'node:http';
import { gzipSync } from 'node:zlib';
import {
  createRequest,
  createRequestWithAuth,
  type FaultGroup,
  type FaultyServer,
  foundBy,
  UNKNOWN,
} from '../fault.ts';
import type { Message } from '../server/steps.ts';
import { addHeaders, changeMessages, hasStatus, isError, withBody, withHeaders, withoutHeaders } from '../variants.ts';

/** The parts of a message as text. */
interface MessageParts {
  readonly body: string;
  readonly length: number;
  /** Formats the status line and the headers, with these framing headers, which Node would not send. */
  formatHead(framing: Readonly<Record<string, string | number>>): string;
}

function splitMessage(message: Message): MessageParts {
  const { headers, status, bytes } = withoutHeaders(message, 'content-length', 'transfer-encoding');
  return {
    body: bytes.toString('latin1'),
    length: bytes.length,
    formatHead: (framing) => {
      const lines = Object.entries({ ...headers, ...framing }).map(([name, value]) => `${name}: ${value}\r\n`);
      return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`;
    },
  };
}

/** Returns a server that sends the text that `write` returns as the response, and closes the connection. */
function sends(write: (parts: MessageParts) => string): FaultyServer {
  return {
    variant: { send: (message, response) => response.socket?.end(Buffer.from(write(splitMessage(message)), 'latin1')) },
  };
}

/** Returns a server that sends the text that `write` returns as the response, and keeps the connection open. */
function sendsAndWaits(write: (parts: MessageParts) => string): FaultyServer {
  return {
    variant: {
      send: (message, response) => response.socket?.write(Buffer.from(write(splitMessage(message)), 'latin1')),
    },
    hangs: true,
  };
}

const compress = (change: (bytes: Buffer) => Buffer) =>
  changeMessages(
    () => true,
    (message) => withBody(message, change(gzipSync(message.bytes)), { 'Content-Encoding': 'gzip' }),
  );

const formatChunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const LAST_CHUNK = '0\r\n\r\n';
const CHUNKED = { 'Transfer-Encoding': 'chunked' };

export const messageFraming: FaultGroup = {
  name: 'framing',
  faults: [
    ...foundBy('message_framing', {
      'sends too large a Content-Length and keeps the connection open': sendsAndWaits(
        ({ formatHead, body, length }) => formatHead({ 'Content-Length': length + 10 }) + body,
      ),
      'sends too large a Content-Length and closes the connection': sends(
        ({ formatHead, body, length }) => formatHead({ 'Content-Length': length + 10 }) + body,
      ),
      'sends too small a Content-Length': sends(
        ({ formatHead, body, length }) => formatHead({ 'Content-Length': length - 1 }) + body,
      ),
      'sends a Content-Length of 0 with a body': sends(
        ({ formatHead, body }) => formatHead({ 'Content-Length': 0 }) + body,
      ),
      'sends a Content-Length that is not a number': sends(
        ({ formatHead, body, length }) => formatHead({ 'Content-Length': `${length} bytes` }) + body,
      ),
      'sends two Content-Length headers that differ': sends(
        ({ formatHead, body, length }) => formatHead({ 'Content-Length': length, 'content-length': length + 1 }) + body,
      ),
      'sends both Content-Length and Transfer-Encoding': sends(
        ({ formatHead, body, length }) =>
          formatHead({ 'Content-Length': length, ...CHUNKED }) + formatChunk(body) + LAST_CHUNK,
      ),
      'closes the connection before the last chunk': sends(
        ({ formatHead, body }) => formatHead(CHUNKED) + formatChunk(body),
      ),
      'never sends the last chunk and keeps the connection open': sendsAndWaits(
        ({ formatHead, body }) => formatHead(CHUNKED) + formatChunk(body),
      ),
      'sends a chunk whose size is not a number': sends(
        ({ formatHead, body }) => `${formatHead(CHUNKED)}size\r\n${body}\r\n${LAST_CHUNK}`,
      ),
      'sends a chunk that is longer than its size': sends(
        ({ formatHead, body }) => `${formatHead(CHUNKED)}2\r\n${body}\r\n${LAST_CHUNK}`,
      ),
      'sends the last chunk twice': sends(
        ({ formatHead, body }) => formatHead(CHUNKED) + formatChunk(body) + LAST_CHUNK + LAST_CHUNK,
      ),
      'sends a body that is not chunked with Transfer-Encoding: chunked': sends(
        ({ formatHead, body }) => formatHead(CHUNKED) + body,
      ),
      'sends no Content-Length and keeps the connection open': sendsAndWaits(
        ({ formatHead, body }) => formatHead({}) + body,
      ),
      'sends a header without a colon': sends(
        ({ formatHead, body, length }) =>
          formatHead({ 'Content-Length': length }).replace('\r\n\r\n', '\r\nX-Debug\r\n\r\n') + body,
      ),
      'closes the connection in the middle of the body': sends(
        ({ formatHead, body, length }) => formatHead({ 'Content-Length': length }) + body.slice(0, length / 2),
      ),
    }),
    ...foundBy('no_response', {
      'sends a status line without the HTTP version': sends(
        ({ formatHead, body, length }) => formatHead({ 'Content-Length': length }).replace('HTTP/1.1 ', 'HTTP ') + body,
      ),
      'sends only the body, as in HTTP/0.9': sends(({ body }) => body),
      'closes the connection before it answers': { variant: { send: (_, response) => response.socket?.destroy() } },
      'closes the connection in the middle of the headers': sends(({ formatHead }) => formatHead({}).slice(0, 40)),
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

/** Returns a server that sends this Content-Type with some messages. `undefined` omits the header. */
function sendsContentType(
  value: string | string[] | undefined,
  isAffected: (message: Message) => boolean = () => true,
) {
  const variant = changeMessages(isAffected, (message) =>
    value === undefined ? withoutHeaders(message, 'content-type') : withHeaders(message, { 'Content-Type': value }),
  );
  return { variant };
}

/** Returns a server that changes its messages if Accept matches. */
function negotiates(accept: string, pattern: RegExp, change: (message: Message) => Message): FaultyServer {
  return {
    variant: changeMessages((_, { headers }) => pattern.test(headers.accept ?? ''), change),
    triggeredBy: createRequest(undefined, { headers: { Accept: accept } }),
  };
}

const HTML = '<!DOCTYPE html><title>Customer</title>';
const XML = '<?xml version="1.0"?><customer/>';

export const contentTypes: FaultGroup = {
  name: 'content type',
  faults: [
    ...foundBy('content_type_conformance', {
      'omits Content-Type': sendsContentType(undefined),
      'sends an empty Content-Type': sendsContentType(''),
      'sends Content-Type: text/html': sendsContentType('text/html; charset=utf-8'),
      'sends Content-Type: text/plain': sendsContentType('text/plain'),
      'sends Content-Type: text/json': sendsContentType('text/json'),
      'sends Content-Type: text/javascript': sendsContentType('text/javascript'),
      'sends Content-Type: application/octet-stream': sendsContentType('application/octet-stream'),
      'sends Content-Type: application/vnd.api+json': sendsContentType('application/vnd.api+json'),
      'sends Content-Type: application/hal+json': sendsContentType('application/hal+json'),
      'sends Content-Type: application/jsonp': sendsContentType('application/jsonp'),
      'sends Content-Type: json': sendsContentType('json'),
      'sends Content-Type: application/*': sendsContentType('application/*'),
      'sends a Content-Type that begins with the charset': sendsContentType('charset=utf-8; application/json'),
      'sends two media types in one Content-Type': sendsContentType('application/json, text/html'),
      'sends two Content-Type headers': sendsContentType(['text/html', 'application/json']),
      'sends errors as application/problem+json': {
        ...sendsContentType('application/problem+json', isError),
        triggeredBy: UNKNOWN,
      },
      'sends a 401 as text/plain': {
        ...sendsContentType('text/plain', hasStatus(401)),
        triggeredBy: createRequestWithAuth('Basic'),
      },
      'omits Content-Type from errors': { ...sendsContentType(undefined, isError), triggeredBy: UNKNOWN },
    }),
    ...foundBy('json_encoding', {
      'sends UTF-8 with charset=utf-16': sendsContentType('application/json; charset=utf-16'),
      'sends UTF-8 with charset=iso-8859-1': sendsContentType('application/json; charset=iso-8859-1'),
    }),
    ...foundBy('accept_independence', {
      'sends HTML to browsers': negotiates('text/html,*/*;q=0.8', /text\/html/, (message) =>
        withBody(message, HTML, { 'Content-Type': 'text/html' }),
      ),
      'answers Accept: application/xml with XML': negotiates('application/xml', /application\/xml/, (message) =>
        withBody(message, XML, { 'Content-Type': 'application/xml' }),
      ),
      'answers Accept: text/plain with text': negotiates('text/plain', /text\/plain/, (message) =>
        withBody(message, 'cus', { 'Content-Type': 'text/plain' }),
      ),
      'answers 406 to Accept: application/xml': negotiates('application/xml', /application\/xml/, (message) => ({
        ...message,
        status: 406,
      })),
      'answers 406 to Accept: application/problem+json': negotiates(
        'application/problem+json',
        /problem/,
        (message) => ({ ...message, status: 406 }),
      ),
      'answers 500 to an invalid Accept header': negotiates('*', /^\*$/, (message) => ({ ...message, status: 500 })),
    }),
  ],
};
