import { fillPath, type Operation } from '@firstofficer/openapi';
import type { HttpRequest } from '../http/request.ts';
import type { Credentials } from './credentials.ts';
import type { ParameterValues } from './parameter-values.ts';
import { queryOf } from './query.ts';

/** How the tests call themselves, so that whoever runs the target can tell them apart. */
export const USER_AGENT = 'firstofficer-contract (contract tests)';

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
  const texts = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
  const path = fillPath(operation.path, texts, segments);
  const query = [queryOf(operation, parameters), credentials?.query, parts.query].filter(Boolean).join('&');
  const given = (place: string) =>
    operation.parameters.filter((parameter) => parameter.in === place && parameters[parameter.name] !== undefined);
  const cookies = given('cookie').map(({ name }) => `${name}=${parameters[name]}`);
  return {
    method: parts.method ?? operation.method,
    target: query === '' ? path : `${path}?${query}`,
    headers: [
      ['User-Agent', USER_AGENT],
      // What a client that asks for nothing special sends; without a word, any content coding would do.
      ...(has(parts.headers, 'accept') ? [] : [['Accept', '*/*'] as const]),
      ...(has(parts.headers, 'accept-encoding') ? [] : [['Accept-Encoding', 'identity'] as const]),
      ...given('header').map(({ name }) => [name, String(parameters[name])] as const),
      ...(cookies.length === 0 ? [] : [['Cookie', cookies.join('; ')] as const]),
      ...(credentials?.headers ?? []),
      ...(body ? [['Content-Type', body.mediaType] as const] : []),
      ...(parts.headers ?? []),
    ],
    ...(body && { body: body.text }),
    credentials,
  };
}

function has(headers: RequestParts['headers'] = [], name: string): boolean {
  return headers.some(([candidate]) => candidate.toLowerCase() === name);
}
