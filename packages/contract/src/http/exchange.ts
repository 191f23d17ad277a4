import type { HttpRequest } from './request.ts';

/** No answer of an API is larger; a server that sends without end must not fill the memory. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** A response, as it came over the wire. */
export interface HttpResponse {
  readonly httpVersion: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The bytes of the body, without any transfer coding. */
  readonly body: Buffer;
}

/** A request and what came back. */
export interface Exchange extends HttpResponse {
  readonly request: HttpRequest;
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** The value of a header, its lines joined as RFC 9110 says; undefined if there is none. */
export function headerOf({ headers }: Pick<HttpResponse, 'headers'>, name: string): string | undefined {
  const lines = headers.filter(([candidate]) => candidate.toLowerCase() === name.toLowerCase());
  return lines.length === 0 ? undefined : lines.map(([, value]) => value).join(', ');
}

/** A text as JSON; undefined if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Bytes as text, without a byte order mark, and with a replacement character for what is no UTF-8. */
export function textOf(bytes: Buffer): string {
  return new TextDecoder().decode(bytes);
}

/** The media type of a response in lower case, without parameters; undefined if it names none. */
export function mediaTypeOf(response: Pick<HttpResponse, 'headers'>): string | undefined {
  return headerOf(response, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
}
