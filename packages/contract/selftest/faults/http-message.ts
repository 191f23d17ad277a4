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

/** Formats a response, with one character for each byte. */
type Format = (message: Message) => string;

/** Returns a function that formats a response with framing headers that Node would not send. */
function withFraming(
  getHeaders: (length: number) => Readonly<Record<string, string | number>>,
  formatBody: (body: string) => string = (body) => body,
): Format {
  return (message) => {
    const { headers, status, bytes } = withoutHeaders(message, 'content-length', 'transfer-encoding');
    const lines = Object.entries({ ...headers, ...getHeaders(bytes.length) }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`;
    return head + formatBody(bytes.toString('latin1'));
  };
}

/** Formats a response correctly, but includes the body also if the method is HEAD. */
export const formatWithBody: Format = withFraming((length) => ({ 'Content-Length': length }));

/** Returns a server that sends responses in this format, and closes the connection. */
function sends(format: Format): FaultyServer {
  return { variant: { send: (message, response) => response.socket?.end(format(message), 'latin1') } };
}

/** Returns a server that sends responses in this format, and keeps the connection open. */
function sendsAndWaits(format: Format): FaultyServer {
  return {
    variant: { send: (message, response) => response.socket?.write(format(message), 'latin1') },
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
const withChunks = (formatBody: (body: string) => string) => withFraming(() => CHUNKED, formatBody);

export const messageFraming: FaultGroup = {
  name: 'framing',
  faults: [
    ...foundBy('message_framing', {
      'sends too large a Content-Length and keeps the connection open': sendsAndWaits(
        withFraming((length) => ({ 'Content-Length': length + 10 })),
      ),
      'sends too large a Content-Length and closes the connection': sends(
        withFraming((length) => ({ 'Content-Length': length + 10 })),
      ),
      'sends too small a Content-Length': sends(withFraming((length) => ({ 'Content-Length': length - 1 }))),
      'sends a Content-Length of 0 with a body': sends(withFraming(() => ({ 'Content-Length': 0 }))),
      'sends a Content-Length that is not a number': sends(
        withFraming((length) => ({ 'Content-Length': `${length} bytes` })),
      ),
      'sends two Content-Length headers that differ': sends(
        withFraming((length) => ({ 'Content-Length': length, 'content-length': length + 1 })),
      ),
      'sends both Content-Length and Transfer-Encoding': sends(
        withFraming(
          (length) => ({ 'Content-Length': length, ...CHUNKED }),
          (body) => formatChunk(body) + LAST_CHUNK,
        ),
      ),
      'closes the connection before the last chunk': sends(withChunks(formatChunk)),
      'never sends the last chunk and keeps the connection open': sendsAndWaits(withChunks(formatChunk)),
      'sends a chunk whose size is not a number': sends(withChunks((body) => `size\r\n${body}\r\n${LAST_CHUNK}`)),
      'sends a chunk that is longer than its size': sends(withChunks((body) => `2\r\n${body}\r\n${LAST_CHUNK}`)),
      'sends the last chunk twice': sends(withChunks((body) => formatChunk(body) + LAST_CHUNK + LAST_CHUNK)),
      'sends a body that is not chunked with Transfer-Encoding: chunked': sends(withChunks((body) => body)),
      'sends no Content-Length and keeps the connection open': sendsAndWaits(withFraming(() => ({}))),
      'sends a header without a colon': sends((message) =>
        formatWithBody(message).replace('\r\n\r\n', '\r\nX-Debug\r\n\r\n'),
      ),
      'closes the connection in the middle of the body': sends(
        withFraming(
          (length) => ({ 'Content-Length': length }),
          (body) => body.slice(0, body.length / 2),
        ),
      ),
    }),
    ...foundBy('no_response', {
      'sends a status line without the HTTP version': sends((message) =>
        formatWithBody(message).replace('HTTP/1.1 ', 'HTTP '),
      ),
      'sends only the body, as in HTTP/0.9': sends(({ bytes }) => bytes.toString('latin1')),
      'closes the connection before it answers': { variant: { send: (_, response) => response.socket?.destroy() } },
      'closes the connection in the middle of the headers': sends((message) => formatWithBody(message).slice(0, 40)),
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
function sendsType(value: string | string[] | undefined, isAffected: (message: Message) => boolean = () => true) {
  const variant = changeMessages(isAffected, (message) =>
    value === undefined ? withoutHeaders(message, 'content-type') : withHeaders(message, { 'Content-Type': value }),
  );
  return { variant };
}

/** Returns a server that changes its responses if Accept matches. */
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
      'omits Content-Type': sendsType(undefined),
      'sends an empty Content-Type': sendsType(''),
      'sends Content-Type: text/html': sendsType('text/html; charset=utf-8'),
      'sends Content-Type: text/plain': sendsType('text/plain'),
      'sends Content-Type: text/json': sendsType('text/json'),
      'sends Content-Type: text/javascript': sendsType('text/javascript'),
      'sends Content-Type: application/octet-stream': sendsType('application/octet-stream'),
      'sends Content-Type: application/vnd.api+json': sendsType('application/vnd.api+json'),
      'sends Content-Type: application/hal+json': sendsType('application/hal+json'),
      'sends Content-Type: application/jsonp': sendsType('application/jsonp'),
      'sends Content-Type: json': sendsType('json'),
      'sends Content-Type: application/*': sendsType('application/*'),
      'sends a Content-Type that begins with the charset': sendsType('charset=utf-8; application/json'),
      'sends two media types in one Content-Type': sendsType('application/json, text/html'),
      'sends two Content-Type headers': sendsType(['text/html', 'application/json']),
      'sends errors as application/problem+json': {
        ...sendsType('application/problem+json', isError),
        triggeredBy: UNKNOWN,
      },
      'sends a 401 as text/plain': {
        ...sendsType('text/plain', hasStatus(401)),
        triggeredBy: createRequestWithAuth('Basic'),
      },
      'omits Content-Type from errors': { ...sendsType(undefined, isError), triggeredBy: UNKNOWN },
    }),
    ...foundBy('json_encoding', {
      'sends UTF-8 with charset=utf-16': sendsType('application/json; charset=utf-16'),
      'sends UTF-8 with charset=iso-8859-1': sendsType('application/json; charset=iso-8859-1'),
    }),
    ...foundBy(
      'deprecations',
      {
        'announces a deprecation that the description does not have': {
          variant: addHeaders({ Deprecation: '@1688169599' }),
        },
        'announces a sunset that the description does not have': {
          variant: addHeaders({ Sunset: 'Mon, 01 Nov 2027 00:00:00 GMT' }),
        },
      },
      { severity: 'note' },
    ),
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
