import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { type HttpResponse, headerOf, MAX_BODY_BYTES } from './exchange.ts';

// A few bytes of a response must not fill the memory.
const LIMIT = { maxOutputLength: MAX_BODY_BYTES };

const DECODERS = new Map<string, (bytes: Buffer) => Buffer>([
  ['gzip', (bytes) => gunzipSync(bytes, LIMIT)],
  ['x-gzip', (bytes) => gunzipSync(bytes, LIMIT)],
  ['deflate', (bytes) => inflateSync(bytes, LIMIT)],
  ['br', (bytes) => brotliDecompressSync(bytes, LIMIT)],
  ['zstd', (bytes) => zstdDecompressSync(bytes, LIMIT)],
  ['identity', (bytes) => bytes],
]);

/** The content coding of a response in lower case; undefined if it has none. */
export function contentCodingOf(response: Pick<HttpResponse, 'headers'>): string | undefined {
  return headerOf(response, 'content-encoding')?.trim().toLowerCase();
}

/** The body without its content coding; undefined if it is not in the one that it says. */
export function decodedBody(response: Pick<HttpResponse, 'headers' | 'body'>): Buffer | undefined {
  const coding = contentCodingOf(response);
  if (coding === undefined || response.body.length === 0) return response.body;
  try {
    return DECODERS.get(coding)?.(response.body);
  } catch {
    return undefined;
  }
}
