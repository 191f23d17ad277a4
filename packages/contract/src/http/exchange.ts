import type { HttpRequest } from './request.ts';

/** The maximum size of a body. A server that sends without end must not fill the memory. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** A response as received. */
export interface HttpResponse {
  readonly httpVersion: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The bytes of the body without transfer coding. */
  readonly body: Buffer;
}

/** A request and its response. */
export interface Exchange extends HttpResponse {
  readonly request: HttpRequest;
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** Returns the value of a header, or undefined if there is none. Several lines are joined by commas (RFC 9110, 5.3). */
export function headerOf({ headers }: Pick<HttpResponse, 'headers'>, name: string): string | undefined {
  const lines = headers.filter(([candidate]) => candidate.toLowerCase() === name.toLowerCase());
  return lines.length === 0 ? undefined : lines.map(([, value]) => value).join(', ');
}

/** Parses JSON. Returns undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Decodes UTF-8 without the byte order mark. Invalid bytes become replacement characters. */
export function textOf(bytes: Buffer): string {
  return new TextDecoder().decode(bytes);
}

/** Returns the media type of a response in lower case without parameters, or undefined if it has none. */
export function mediaTypeOf(response: Pick<HttpResponse, 'headers'>): string | undefined {
  return headerOf(response, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
}
