import { addAbortListener } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import {
  canHaveBody,
  getHeader,
  type HttpRequest,
  type HttpResponse,
  mayBeEndless,
  parseBaseUrl,
  STREAM_MS,
} from './exchange.ts';

/** A response with all bytes until the end of the connection. */
export interface RawResponse extends Pick<HttpResponse, 'status' | 'headers'> {
  /** All bytes after the headers, including transfer coding. */
  readonly rest: Buffer;
  /** Whether the server closed the connection before the timeout. */
  readonly isClosed: boolean;
  /** Whether these are only the first bytes of a body that may be endless. */
  readonly isPartial: boolean;
}

/** When to stop reading a response. */
export interface ReadLimits {
  readonly timeLimitMs: number;
  /** Closes the connection. */
  readonly signal?: AbortSignal;
}

const END_OF_HEAD = '\r\n\r\n';
// A server may keep the connection open although the request asks it to close it. After this time without bytes, the
// response has ended.
const SILENCE_MS = 1000;

/**
 * Sends one request on a new connection and reads until the connection ends. An HTTP client stops where the headers say
 * that the body ends, so it does not notice further bytes.
 */
export function readRawResponse(
  baseUrl: string,
  { method, target, headers }: HttpRequest,
  { timeLimitMs, signal }: ReadLimits,
): Promise<RawResponse> {
  const { protocol, hostname, port, hostHeader, pathPrefix } = parseBaseUrl(baseUrl);
  const lines = [['Host', hostHeader], ...headers, ['Connection', 'close']].map(([name, value]) => `${name}: ${value}`);

  return new Promise((resolve, reject) => {
    const socket =
      protocol === 'https:'
        ? tls.connect({
            host: hostname,
            port: Number(port || 443),
            ...(net.isIP(hostname) ? {} : { servername: hostname }),
          })
        : net.connect({ host: hostname, port: Number(port || 80) });
    const chunks: Buffer[] = [];
    let isHeadRead = false;
    let streamTimer: NodeJS.Timeout | undefined;
    const finish = (isClosed: boolean, isPartial = false) => {
      clearTimeout(timer);
      clearTimeout(streamTimer);
      socket.destroy();
      const response = parseResponse(Buffer.concat(chunks), isClosed);
      const reason = chunks.length === 0 ? 'the connection was closed without a response' : 'bytes that are not HTTP';
      if (response) resolve({ ...response, isPartial });
      else reject(new Error(reason));
    };
    const timer = setTimeout(() => {
      if (chunks.length > 0) return finish(false);
      socket.destroy();
      reject(new Error(`no complete response within ${timeLimitMs / 1000} s`));
    }, timeLimitMs);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      socket.setTimeout(SILENCE_MS);
      const response = isHeadRead ? undefined : parseResponse(Buffer.concat(chunks), false);
      if (!response) return;
      isHeadRead = true;
      if (!canHaveBody(method, response.status) || !mayBeEndless(response)) return;
      streamTimer = setTimeout(() => finish(false, true), STREAM_MS);
    });
    socket.on('timeout', () => {
      // After an interim response, wait for the final one.
      if (parseResponse(Buffer.concat(chunks), false)) finish(false);
    });
    socket.once('end', () => finish(true));
    socket.once('error', (error) => {
      // Some servers reset the connection after a complete response.
      if (chunks.length > 0 && !signal?.aborted) return finish(true);
      clearTimeout(timer);
      clearTimeout(streamTimer);
      reject(error);
    });
    if (signal) {
      const abort = addAbortListener(signal, () => socket.destroy(new Error('the run was stopped')));
      socket.once('close', () => abort[Symbol.dispose]());
    }
    socket.write(`${method} ${pathPrefix}${target} HTTP/1.1\r\n${lines.join('\r\n')}${END_OF_HEAD}`);
  });
}

/** Parses the bytes of a response. Returns undefined if they are not a complete head of a final response. */
export function parseResponse(bytes: Buffer, isClosed: boolean): RawResponse | undefined {
  const end = bytes.indexOf(END_OF_HEAD);
  const [statusLine = '', ...lines] = bytes.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1];
  if (status === undefined) return undefined;
  const rest = bytes.subarray(end + END_OF_HEAD.length);
  // Skip interim responses, such as 103 Early Hints.
  if (status.startsWith('1')) return parseResponse(rest, isClosed);
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(status), headers, rest, isClosed, isPartial: false };
}

/** A way in which the bytes of a response contradict its headers. */
interface FramingFault {
  readonly expected: string;
  readonly actual: string;
}

/** Returns how the bytes of a response contradict its headers, or undefined if they do not. */
export function findFramingFault(method: string, response: RawResponse): FramingFault | undefined {
  const { status, rest, isClosed, isPartial } = response;
  const length = getHeader(response, 'content-length');
  const coding = getHeader(response, 'transfer-encoding');
  if (!canHaveBody(method, status)) return rest.length === 0 ? undefined : describeForbiddenBody(method, status);
  if (coding !== undefined && length !== undefined) {
    return { expected: 'Content-Length or Transfer-Encoding', actual: 'both headers' };
  }
  if (isPartial) return undefined;
  if (coding?.toLowerCase() === 'chunked') return findChunkFault(rest);
  if (length !== undefined) {
    if (String(rest.length) === length) return undefined;
    return { expected: `a body of ${length} bytes, as in Content-Length`, actual: `${rest.length} bytes` };
  }
  return isClosed
    ? undefined
    : { expected: 'a body that ends', actual: 'neither a length nor the end of the connection' };
}

/** Describes the violation of a response that has a body although it must have none. */
export function describeForbiddenBody(method: string, status: number): FramingFault {
  const response = method === 'HEAD' ? 'a response to HEAD' : `a ${status}`;
  return { expected: `${response} without a body`, actual: 'a body after the headers' };
}

function findChunkFault(rest: Buffer): FramingFault | undefined {
  const expected = 'chunks, then an empty chunk, then nothing';
  let offset = 0;
  for (;;) {
    const end = rest.indexOf('\r\n', offset);
    const size = /^([0-9a-f]+)\s*(;.*)?$/i.exec(rest.subarray(offset, Math.max(end, offset)).toString('latin1'))?.[1];
    if (size === undefined) return { expected, actual: `no chunk after ${offset} bytes` };
    const bytes = Number.parseInt(size, 16);
    offset = end + 2 + bytes;
    if (bytes === 0) return findTrailerFault(rest.subarray(offset), expected);
    if (rest.subarray(offset, offset + 2).toString('latin1') !== '\r\n') {
      return { expected, actual: 'a chunk that is shorter or longer than its size' };
    }
    offset += 2;
  }
}

function findTrailerFault(rest: Buffer, expected: string): FramingFault | undefined {
  if (/^([!#$%&'*+.^_`|~\w-]+:.*\r\n)*\r\n$/.test(rest.toString('latin1'))) return undefined;
  return { expected, actual: rest.length === 0 ? 'no line break after the last chunk' : 'bytes after the last chunk' };
}
