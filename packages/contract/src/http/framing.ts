import { headerOf } from './exchange.ts';
import type { RawResponse } from './raw-response.ts';

/** Returns the fault if the bytes of a response do not match its headers, or undefined. */
export function framingFault(method: string, response: RawResponse): { expected: string; actual: string } | undefined {
  const { status, rest, closed } = response;
  const length = headerOf({ headers: response.headers }, 'content-length');
  const coding = headerOf({ headers: response.headers }, 'transfer-encoding');
  if (method === 'HEAD' || status === 204 || status === 304) {
    return rest.length === 0 ? undefined : { expected: 'no body', actual: `${rest.length} bytes after the headers` };
  }
  if (coding !== undefined && length !== undefined) {
    return { expected: 'Content-Length or Transfer-Encoding', actual: 'both of them' };
  }
  if (coding?.toLowerCase() === 'chunked') return chunkedFault(rest);
  if (length !== undefined) {
    if (String(rest.length) === length) return undefined;
    return { expected: `a body of ${length} bytes, as Content-Length says`, actual: `${rest.length} bytes` };
  }
  return closed
    ? undefined
    : { expected: 'a body that ends', actual: 'neither a length nor the end of the connection' };
}

function chunkedFault(rest: Buffer): { expected: string; actual: string } | undefined {
  const expected = 'chunks, the last of them empty, and nothing after it';
  let offset = 0;
  for (;;) {
    const end = rest.indexOf('\r\n', offset);
    const size = /^([0-9a-f]+)\s*(;.*)?$/i.exec(rest.subarray(offset, Math.max(end, offset)).toString('latin1'))?.[1];
    if (size === undefined) return { expected, actual: `something else after ${offset} bytes` };
    const bytes = Number.parseInt(size, 16);
    offset = end + 2 + bytes;
    if (bytes === 0) return trailerFault(rest.subarray(offset), expected);
    if (rest.subarray(offset, offset + 2).toString('latin1') !== '\r\n') {
      return { expected, actual: 'a chunk that is cut off or longer than it says' };
    }
    offset += 2;
  }
}

function trailerFault(rest: Buffer, expected: string): { expected: string; actual: string } | undefined {
  if (/^([!#$%&'*+.^_`|~\w-]+:.*\r\n)*\r\n$/.test(rest.toString('latin1'))) return undefined;
  return { expected, actual: rest.length === 0 ? 'no end' : 'bytes after the last chunk' };
}
