import type { IncomingMessage } from 'node:http';

/** Headers that let pages of any origin call the mock and read response headers. The mock is for local development. */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': '*',
} as const;

/** Returns whether a request is a CORS preflight. Other OPTIONS requests are handled like any other method. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** Returns the headers of a preflight response. They allow whatever the preflight asks for. */
export function preflightHeaders({ headers }: IncomingMessage): Record<string, string> {
  return {
    ...CORS_HEADERS,
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? '',
    // `*` does not include Authorization.
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
    'Access-Control-Max-Age': '600',
  };
}
