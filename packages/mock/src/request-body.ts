import type { IncomingMessage } from 'node:http';

const MAX_BODY_BYTES = 1024 * 1024;

/** The request body is larger than 1 MiB. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** The request has a Content-Type header that is not a media type. */
export class InvalidContentTypeError extends Error {
  override readonly name = 'InvalidContentTypeError';
}

/**
 * Reads the body of a request.
 *
 * @returns The parsed value if the body is JSON, its text if it is anything else, or undefined if there is no body.
 */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'];
  if (type !== undefined && !/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+ *(;|$)/.test(type)) {
    throw new InvalidContentTypeError('The Content-Type header must be a media type, such as application/json.');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new BodyTooLargeError(`The request body is larger than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  if (size === 0) return undefined;
  const text = Buffer.concat(chunks).toString('utf8');
  if (!/json/i.test(type ?? '')) return text;
  try {
    // Prism treats null as a missing body, so the text is passed instead.
    return JSON.parse(text) ?? text;
  } catch {
    // Prism validates the string and reports what the schema requires instead.
    return text;
  }
}
