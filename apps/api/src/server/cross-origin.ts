import { buildDeprecationHeaders, type Operation } from '@firstofficer/openapi';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Sets the headers that let pages of allowed origins use the API. Returns whether it has answered a preflight. */
export type AllowOrigin = (request: FastifyRequest, reply: FastifyReply) => boolean;

// Headers that any operation may get. Credentials of the browser, such as cookies, are never allowed.
const REQUEST_HEADERS = ['Authorization', 'Content-Type', 'If-None-Match', 'Prefer'];
// Browsers show these headers to every page.
const SAFE_HEADERS = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
];
const PREFLIGHT_SECONDS = '600';

/**
 * Creates the function for CORS: pages of other origins than the API's own can send requests and read the responses. It
 * runs before authentication, because a browser sends a preflight without the key.
 *
 * @param origins - The allowed origins, such as `https://docs.example.com`. The set may change while
 * the server runs, because each request is compared with the current set.
 */
export function createAllowOrigin(operations: readonly Operation[], origins: ReadonlySet<string>): AllowOrigin {
  const methods = unique(operations.map(({ method }) => method)).join(', ');
  const parameters = operations.flatMap((operation) => operation.parameters);
  const names = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
  const requestHeaders = unique([...REQUEST_HEADERS, ...names]).join(', ');
  const exposed = operations
    .flatMap(({ responses, deprecation }) => [
      ...Object.values(responses).flatMap(({ headers = {} }) => Object.keys(headers)),
      ...Object.keys(buildDeprecationHeaders(deprecation)),
    ])
    .filter((name) => !SAFE_HEADERS.includes(name.toLowerCase()));
  const responseHeaders = unique(exposed).join(', ');

  return ({ method, headers }, reply) => {
    // Set it without an origin too, so that a cache does not return this response to a page.
    reply.header('Vary', 'Origin');
    const { origin } = headers;
    if (origin === undefined || !origins.has(origin)) return false;
    reply.header('Access-Control-Allow-Origin', origin);
    if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) {
      reply.header('Access-Control-Expose-Headers', responseHeaders);
      return false;
    }
    reply.header('Access-Control-Allow-Methods', methods);
    reply.header('Access-Control-Allow-Headers', requestHeaders);
    reply.header('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    reply.code(204).send();
    return true;
  };
}

/** Returns names without those that differ from an earlier one only in letter case. */
function unique(names: readonly string[]): string[] {
  return [...new Map(names.toReversed().map((name) => [name.toLowerCase(), name])).values()].reverse();
}
