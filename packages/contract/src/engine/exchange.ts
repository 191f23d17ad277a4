import { fillPath, type Operation } from '@firstofficer/openapi';
import type { Target } from '../target.ts';
import { TIME_LIMIT_MS, whyFailed } from './time-limit.ts';

/** A request and what came back. */
export interface Exchange {
  /** Method and path template, for reports: neither the key nor an identifier is in it. */
  readonly request: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body, undefined if it is no JSON. */
  readonly json: unknown;
}

/** What distinguishes a request to an operation. */
export interface RequestParts {
  /** Values of path and query parameters, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The headers that carry the key. */
  readonly credentials: Readonly<Record<string, string>>;
}

/**
 * Calls an operation. Redirects are not followed: they are answers that the description would have to document.
 *
 * @throws Error that says why there is no response.
 */
export async function call(
  { url }: Pick<Target, 'url'>,
  operation: Operation,
  { parameters, credentials }: RequestParts,
): Promise<Exchange> {
  const request = `${operation.method} ${operation.path}`;
  try {
    const response = await fetch(url + fillPath(operation.path, parameters) + queryOf(operation, parameters), {
      method: operation.method,
      headers: { ...credentials, 'User-Agent': 'firstofficer-contract' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    const text = await response.text();
    return { request, status: response.status, headers: response.headers, text, json: parse(text) };
  } catch (error) {
    throw new Error(`${request} has no response: ${whyFailed(error, TIME_LIMIT_MS)}`);
  }
}

function queryOf(operation: Operation, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams();
  for (const { name, in: place } of operation.parameters) {
    const value = parameters[name];
    if (place === 'query' && value !== undefined) query.append(name, value);
  }
  return query.size > 0 ? `?${query}` : '';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
