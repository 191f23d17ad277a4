import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { getHeader, type HttpResponse, MAX_BODY_BYTES } from './exchange.ts';

// A small compressed body must not expand until the memory is full.
const LIMIT = { maxOutputLength: MAX_BODY_BYTES };

const DECODERS = new Map<string, (bytes: Buffer) => Buffer>([
  ['gzip', (bytes) => gunzipSync(bytes, LIMIT)],
  ['x-gzip', (bytes) => gunzipSync(bytes, LIMIT)],
  ['deflate', (bytes) => inflateSync(bytes, LIMIT)],
  ['br', (bytes) => brotliDecompressSync(bytes, LIMIT)],
  ['zstd', (bytes) => zstdDecompressSync(bytes, LIMIT)],
  ['identity', (bytes) => bytes],
]);

/** Returns the content coding of a response in lower case, or undefined if it has none. */
export function getContentCoding(response: Pick<HttpResponse, 'headers'>): string | undefined {
  return getHeader(response, 'content-encoding')?.trim().toLowerCase();
}

/** Returns the decoded body, or undefined if it is not in the coding that Content-Encoding names. */
export function decodeBody(response: Pick<HttpResponse, 'headers' | 'body'>): Buffer | undefined {
  const coding = getContentCoding(response);
  if (coding === undefined || response.body.length === 0) return response.body;
  try {
    return DECODERS.get(coding)?.(response.body);
  } catch {
    return undefined;
  }
}
