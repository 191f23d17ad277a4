import type { ServerResponse } from 'node:http';
import type { Request } from './request.ts';
import type { Answer, Message, Steps } from './steps.ts';

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
