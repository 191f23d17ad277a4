import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { Request } from './request.ts';
import type { Steps } from './steps.ts';

/** A serialized answer. */
export interface Message {
  readonly status: number;
  /** A list means several headers with this name. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly bytes: Buffer;
}

/** Serializes an answer as JSON. */
export function write({ status, headers, body }: Answer, request: Request, { serialize }: Steps): Message {
  const content = serialize(body, request);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    status,
    headers: { 'Content-Type': 'application/json', 'Content-Length': String(bytes.length), ...headers },
    bytes,
  };
}

/** Sends a message. Node omits the body for HEAD. */
export function send({ status, headers, bytes }: Message, response: ServerResponse): void {
  const lines = Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]);
  response.writeHead(status, Object.fromEntries(lines)).end(bytes);
}
