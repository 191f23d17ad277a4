import type { IncomingMessage } from 'node:http';

const MAX_BODY_BYTES = 1024 * 1024;

/** A request body beyond what the mock reads. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** A request body that says of itself in no readable way what it is. */
export class UnreadableBodyError extends Error {
  override readonly name = 'UnreadableBodyError';
}

/** Reads a request's body: parsed if it is JSON, as text otherwise, undefined if there is none. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'];
  if (type !== undefined && !/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+ *(;|$)/.test(type)) {
    throw new UnreadableBodyError('The header Content-Type is no media type, such as application/json.');
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
    // Prism takes null for no body at all.
    return JSON.parse(text) ?? text;
  } catch {
    // Prism then says what the description expected instead of this string.
    return text;
  }
}
