import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { type HttpResponse, headerOf } from './exchange.ts';

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  identity: (bytes) => bytes,
};

/** The content coding of a response in lower case; undefined if it has none. */
export function contentCodingOf(response: Pick<HttpResponse, 'headers'>): string | undefined {
  return headerOf(response, 'content-encoding')?.trim().toLowerCase();
}

/** The body without its content coding; undefined if it is not in the one that it says. */
export function decodedBody(response: Pick<HttpResponse, 'headers' | 'body'>): Buffer | undefined {
  const coding = contentCodingOf(response);
  if (coding === undefined || response.body.length === 0) return response.body;
  try {
    return DECODERS[coding]?.(response.body);
  } catch {
    return undefined;
  }
}
