/** A request that is sent without normalization. */
export interface HttpRequest {
  readonly method: string;
  /** The path and query below the base URL. It may be malformed. */
  readonly target: string;
  /** Whether the target is sent in absolute form, as to a proxy: with scheme and host. */
  readonly isAbsolute?: boolean;
  /** In the order and letter case in which they are sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Buffer;
}

/** A response as received. */
export interface HttpResponse {
  readonly httpVersion: string;
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The bytes of the body without transfer coding. */
  readonly body: Buffer;
  /** Whether the server sent a body although a response to HEAD, a 204 and a 304 have none. */
  readonly hasForbiddenBody: boolean;
  /** Whether the body is only the beginning of a stream that may be endless. */
  readonly isPartial: boolean;
}

/** A request and its response. */
export interface Exchange extends HttpResponse {
  readonly request: HttpRequest;
}

/** When a request was sent, and how long its response took. */
export interface Timing {
  readonly startedAt: Date;
  readonly durationMs: number;
}

/** The User-Agent of the tests, so that operators of the target can recognize their requests. */
export const USER_AGENT = 'firstofficer-contract (contract tests)';

/** The maximum size of a body. A server that never stops sending must not fill the memory. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Returns the parts of a base URL that are needed to connect and to send requests below it. */
export function parseBaseUrl(baseUrl: string) {
  const { protocol, hostname, port, host, pathname, origin } = new URL(baseUrl);
  return {
    protocol,
    origin,
    // Node expects IPv6 addresses without brackets.
    hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    hostHeader: host,
    pathPrefix: pathname.replace(/\/+$/, ''),
  };
}

/** Returns whether a method is safe, that is, changes nothing (RFC 9110, 9.2.1). */
export function isSafeMethod(method: string): boolean {
  return ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method);
}

/** Returns whether a response can have a body (RFC 9112, 6.3). */
export function canHaveBody(method: string, status: number): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304;
}

/** Returns the value of a header, or undefined if there is none. Several lines are joined by commas (RFC 9110, 5.3). */
export function getHeader({ headers }: Pick<HttpResponse, 'headers'>, name: string): string | undefined {
  const lines = headers.filter(([candidate]) => candidate.toLowerCase() === name.toLowerCase());
  return lines.length === 0 ? undefined : lines.map(([, value]) => value).join(', ');
}

/** Returns the media type of a response in lower case without parameters, or an empty string if it has none. */
export function getMediaType(response: Pick<HttpResponse, 'headers'>): string {
  return removeParameters(getHeader(response, 'content-type') ?? '');
}

/** Returns a media type in lower case without its parameters. */
export function removeParameters(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Returns whether a media type is JSON, such as `application/problem+json`. */
export function isJson(mediaType: string): boolean {
  return /^application\/json$|\+json$/.test(removeParameters(mediaType));
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
export function decodeText(bytes: Buffer): string {
  return new TextDecoder().decode(bytes);
}

// Media types of streams. Those that look like JSON are streams of many JSON texts.
const STREAM_TYPES = [
  'text/event-stream',
  'application/json-seq',
  'application/jsonl',
  'application/ndjson',
  'application/stream+json',
  'application/x-ndjson',
  'multipart/x-mixed-replace',
];

/** Returns whether a media type is that of a stream, which may be endless. */
export function isStream(mediaType: string): boolean {
  return STREAM_TYPES.includes(removeParameters(mediaType));
}

/**
 * Returns whether a body may be endless, such as an event stream: its length is unknown, and its type is not JSON, which
 * is complete only at its end.
 */
export function mayBeEndless(response: Pick<HttpResponse, 'headers'>): boolean {
  const type = getMediaType(response);
  if (type === '' || getHeader(response, 'content-length') !== undefined) return false;
  return !isJson(type) || isStream(type);
}

/** How long to read a body that may be endless. */
export const STREAM_MS = 250;
