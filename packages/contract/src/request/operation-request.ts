import { fillPath, type Operation, type Parameter } from '@firstofficer/openapi';
import { type HttpRequest, USER_AGENT } from '../http/exchange.ts';
import type { RequestBody } from './body.ts';
import type { Credentials } from './credentials.ts';
import {
  type ParameterValue,
  type ParameterValues,
  serializeCookie,
  serializeHeader,
  serializePathParameter,
  serializeQuery,
} from './serialization.ts';

/** A request to an operation. */
export interface OperationRequest extends HttpRequest {
  readonly operation: Operation;
  /** Undefined if the request has none. */
  readonly credentials: Credentials | undefined;
}

/** The parts in which requests to an operation can differ. */
export interface RequestParts {
  readonly method?: string;
  readonly parameters?: ParameterValues;
  /** The names of parameters to leave out. */
  readonly omit?: readonly string[];
  /** Path segments by parameter name, sent unchanged in place of the encoded value. */
  readonly segments?: Readonly<Record<string, string>>;
  readonly credentials?: Credentials | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Whether to send the request target in absolute form. */
  readonly isAbsolute?: boolean;
  /** Added to the query unchanged. */
  readonly query?: string;
  readonly body?: RequestBody | undefined;
}

/** Builds a request to an operation. */
export function createRequest(operation: Operation, parts: RequestParts): OperationRequest {
  const { parameters: given = {}, omit = [], segments = {}, credentials, body } = parts;
  const parameters = Object.fromEntries(Object.entries(given).filter(([name]) => !omit.includes(name)));
  const givenIn = (place: Parameter['in']) =>
    operation.parameters.flatMap((parameter): [Parameter, ParameterValue][] => {
      const value = parameters[parameter.name];
      return parameter.in === place && value !== undefined ? [[parameter, value]] : [];
    });
  const written = givenIn('path').map(([parameter, value]) => [
    parameter.name,
    serializePathParameter(parameter, value),
  ]);
  const path = fillPath(operation.path, {}, { ...Object.fromEntries(written), ...segments });
  const query = [serializeQuery(operation, parameters), credentials?.query, parts.query].filter(Boolean).join('&');
  const cookies = givenIn('cookie').map(([parameter, value]) => serializeCookie(parameter, value));
  return {
    method: parts.method ?? operation.method,
    target: query === '' ? path : `${path}?${query}`,
    headers: joinCookies([
      ['User-Agent', USER_AGENT],
      // Without Accept-Encoding, the server could use any content coding.
      ...(hasHeader(parts.headers, 'accept') ? [] : [['Accept', '*/*'] as const]),
      ...(hasHeader(parts.headers, 'accept-encoding') ? [] : [['Accept-Encoding', 'identity'] as const]),
      ...givenIn('header').map(([parameter, value]) => [parameter.name, serializeHeader(parameter, value)] as const),
      ...cookies.map((text) => ['Cookie', text] as const),
      ...(credentials?.headers ?? []),
      ...(body ? [['Content-Type', body.mediaType] as const] : []),
      ...(parts.headers ?? []),
    ]),
    ...(body && { body: body.content }),
    ...(parts.isAbsolute && { isAbsolute: true }),
    operation,
    credentials,
  };
}

/** Joins all cookies into one header (RFC 6265, 5.4). */
function joinCookies(headers: OperationRequest['headers']): OperationRequest['headers'] {
  const cookies = headers.filter(([name]) => name === 'Cookie');
  if (cookies.length < 2) return headers;
  return [...headers.filter(([name]) => name !== 'Cookie'), ['Cookie', cookies.map(([, value]) => value).join('; ')]];
}

function hasHeader(headers: RequestParts['headers'] = [], name: string): boolean {
  return headers.some(([candidate]) => candidate.toLowerCase() === name);
}
