import { fillPath, type Operation, type Parameter } from '@firstofficer/openapi';
import { type HttpRequest, USER_AGENT } from '../http/request.ts';
import type { Credentials } from './credentials.ts';
import {
  cookieText,
  headerText,
  type ParameterValue,
  type ParameterValues,
  pathText,
  queryOf,
} from './serialization.ts';

/** A request to an operation. */
export interface OperationRequest extends HttpRequest {
  /** Undefined if it carries none. */
  readonly credentials: Credentials | undefined;
}

/** What distinguishes a request from another of the same operation. */
export interface RequestParts {
  readonly method?: string;
  readonly parameters?: ParameterValues;
  /** Path segments as they are to be sent, by parameter: instead of the encoded value. */
  readonly segments?: Readonly<Record<string, string>>;
  readonly credentials?: Credentials | undefined;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Added to the query as it is. */
  readonly query?: string;
  readonly body?: { readonly mediaType: string; readonly text: string } | undefined;
}

/** Writes a request to an operation. */
export function requestTo(operation: Operation, parts: RequestParts): OperationRequest {
  const { parameters = {}, segments = {}, credentials, body } = parts;
  const given = (place: Parameter['in']) =>
    operation.parameters.flatMap((parameter): [Parameter, ParameterValue][] => {
      const value = parameters[parameter.name];
      return parameter.in === place && value !== undefined ? [[parameter, value]] : [];
    });
  const written = given('path').map(([parameter, value]) => [parameter.name, pathText(parameter, value)]);
  const path = fillPath(operation.path, {}, { ...Object.fromEntries(written), ...segments });
  const query = [queryOf(operation, parameters), credentials?.query, parts.query].filter(Boolean).join('&');
  const cookies = given('cookie').map(([parameter, value]) => cookieText(parameter, value));
  return {
    method: parts.method ?? operation.method,
    target: query === '' ? path : `${path}?${query}`,
    headers: oneCookie([
      ['User-Agent', USER_AGENT],
      // What a client that asks for nothing special sends; without a word, any content coding would do.
      ...(has(parts.headers, 'accept') ? [] : [['Accept', '*/*'] as const]),
      ...(has(parts.headers, 'accept-encoding') ? [] : [['Accept-Encoding', 'identity'] as const]),
      ...given('header').map(([parameter, value]) => [parameter.name, headerText(parameter, value)] as const),
      ...cookies.map((text) => ['Cookie', text] as const),
      ...(credentials?.headers ?? []),
      ...(body ? [['Content-Type', body.mediaType] as const] : []),
      ...(parts.headers ?? []),
    ]),
    ...(body && { body: body.text }),
    credentials,
  };
}

/** A request has one header for all of its cookies (RFC 6265, 5.4). */
function oneCookie(headers: OperationRequest['headers']): OperationRequest['headers'] {
  const cookies = headers.filter(([name]) => name === 'Cookie');
  if (cookies.length < 2) return headers;
  return [...headers.filter(([name]) => name !== 'Cookie'), ['Cookie', cookies.map(([, value]) => value).join('; ')]];
}

function has(headers: RequestParts['headers'] = [], name: string): boolean {
  return headers.some(([candidate]) => candidate.toLowerCase() === name);
}
