import type { IncomingMessage } from 'node:http';

/** Lets pages of any origin call the mock and read its headers: it serves local development. */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': '*',
} as const;

/** Says whether a browser asks permission to send a request; any other OPTIONS is a method like the rest. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** The answer to a preflight: whatever was asked for is allowed. */
export function preflightHeaders({ headers }: IncomingMessage): Record<string, string> {
  return {
    ...CORS_HEADERS,
    'Access-Control-Allow-Methods': headers['access-control-request-method'] ?? '',
    // `*` would not cover Authorization.
    'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? '',
    'Access-Control-Max-Age': '600',
  };
}
