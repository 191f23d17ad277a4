import type { IncomingMessage } from 'node:http';
import { checkContentType, RequestBodyError } from '../engine/request-body-error.ts';

const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Reads the text of a request body.
 *
 * @returns undefined if the body is empty.
 * @throws RequestBodyError if the body is too large, or if the header `Content-Type` is not a media type.
 */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  checkContentType(request.headers['content-type'] ?? null);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      const message = `The request body is larger than ${MAX_BODY_BYTES} bytes.`;
      throw new RequestBodyError(413, message, { Connection: 'close' });
    }
    chunks.push(chunk);
  }
  return size === 0 ? undefined : Buffer.concat(chunks).toString('utf8');
}
