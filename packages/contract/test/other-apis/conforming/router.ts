import { decodeSegment } from '@firstofficer/openapi';
import { parseJson } from '../../../src/http/exchange.ts';
import type { Answer, ReceivedRequest } from '../../verify.ts';

/** A request to one route. */
interface RoutedRequest extends ReceivedRequest {
  /** The decoded values of the path parameters, in their order. */
  readonly values: readonly string[];
  readonly query: URLSearchParams;
  /** The media type of the body without its parameters. */
  readonly mediaType: string;
  /** The body as JSON, or undefined if it is not JSON. */
  readonly json: unknown;
}

/** Returns the response to a request. */
export type Handler = (request: RoutedRequest) => Answer;

/**
 * Creates a server from the handler of each route, such as `GET /users/{id}`. It answers HEAD like GET, 405 to other
 * methods, and 404 to other paths.
 *
 * @param undecodable - The status for a path that cannot be decoded.
 */
export function createRouter(routes: Readonly<Record<string, Handler>>, undecodable = 404) {
  const all = Object.entries(routes).map(([route, handle]) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, segments: path.split('/').map(createPattern), isConcrete: !path.includes('{'), handle };
  });
  return (request: ReceivedRequest): Answer => {
    const segments = request.url.pathname.split('/').map(decodeSegment);
    if (segments.includes(undefined)) return { status: undecodable };
    const matching = all.flatMap((route) => {
      const values = matchSegments(route.segments, segments);
      return values ? [{ ...route, values }] : [];
    });
    const own = matching.some(({ isConcrete }) => isConcrete)
      ? matching.filter(({ isConcrete }) => isConcrete)
      : matching;
    if (own.length === 0) return { status: 404 };
    const find = (method: string) => own.find((route) => route.method === method);
    const route = find(request.method) ?? (request.method === 'HEAD' ? find('GET') : undefined);
    if (!route) {
      const allowed = own.map(({ method }) => method);
      return { status: 405, headers: { Allow: [...allowed, ...(find('GET') ? ['HEAD'] : [])].join(', ') } };
    }
    return route.handle({
      ...request,
      values: route.values,
      query: request.url.searchParams,
      mediaType: (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '',
      json: parseJson(request.body),
    });
  };
}

function createPattern(segment: string): RegExp {
  return new RegExp(`^${segment.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '(.+)')}$`, 's');
}

function matchSegments(patterns: readonly RegExp[], segments: readonly (string | undefined)[]): string[] | undefined {
  if (patterns.length !== segments.length) return undefined;
  const matches = patterns.map((pattern, index) => pattern.exec(segments[index] ?? ''));
  return matches.some((match) => match === null) ? undefined : matches.flatMap((match) => match?.slice(1) ?? []);
}

/** Returns a 200 with a JSON body, whatever its type. */
export function json(body: unknown, headers: Answer['headers'] = {}): Answer {
  return { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** Returns whether a value is an object and not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns whether a text is an integer. */
export function isInteger(text: string | null | undefined): boolean {
  return /^-?\d+$/.test(text ?? '');
}
