import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { buildUndocumentedError, type ErrorResponse } from './error-responses.ts';

/** Returns the error response to a request that the server must reject before it reads the API key. */
export type CheckRequest = (request: FastifyRequest) => ErrorResponse | undefined;

/** The response to a request of an unsupported version of HTTP. Its sender may not understand what follows it. */
export const UNSUPPORTED_VERSION = buildUndocumentedError(505, 'The server supports only HTTP/1.1 and HTTP/1.0.', {
  Connection: 'close',
});

const invalidHost = buildUndocumentedError(
  400,
  'The Host header is missing, repeated or invalid. Send one Host header with a host name or an address.',
);

const httpsRequired = buildUndocumentedError(403, 'This API needs HTTPS. Use an https URL.');

/**
 * Creates the function that checks the version, the `Host` header (RFC 9112, 3.2) and the scheme of each request.
 *
 * @param options.requiresHttps - Whether to reject requests that were not sent over HTTPS to the server or to a trusted
 * proxy. Routes with `isPublic` are exempt, because load balancers request them over plain HTTP.
 */
export function createRequestCheck({ requiresHttps }: { readonly requiresHttps: boolean }): CheckRequest {
  return (request) => {
    const { raw } = request;
    if (raw.httpVersionMajor !== 1) return UNSUPPORTED_VERSION;
    const hosts = countHeader(raw.rawHeaders, 'host');
    // HTTP/1.0 has no Host header, but clients may send one.
    if (hosts > 1 || (hosts === 0 && raw.httpVersionMinor > 0)) return invalidHost;
    const { host } = raw.headers;
    if (host !== undefined && !isValidHost(host, request.originalUrl)) return invalidHost;
    // Without a trusted proxy, `protocol` ignores X-Forwarded-Proto. Otherwise it is the last value of that header, which
    // is the one that the trusted proxy added.
    if (requiresHttps && !request.routeOptions.config?.isPublic && request.protocol.toLowerCase() !== 'https') {
      return httpsRequired;
    }
    return undefined;
  };
}

/** Counts the headers with a name, which is given in lower case. */
export function countHeader(rawHeaders: readonly string[], name: string): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const other = rawHeaders[index] as string;
    if (other.length === name.length && other.toLowerCase() === name) count += 1;
  }
  return count;
}

// A comma is allowed in a host name by RFC 3986, but in practice comes from several headers that were joined.
const HOST = /^(?:\[([^\]]*)\]|(?:[\w.~!$&'()*+;=-]|%[\da-f]{2})+)(?::(\d*))?$/i;

/** Returns whether a `Host` header is valid. It may be empty, unless the request target contains a host. */
function isValidHost(host: string, target: string): boolean {
  if (host === '') return target.startsWith('/') || target === '*';
  const [isHost, address, port] = HOST.exec(host) ?? [];
  if (isHost === undefined || Number(port ?? 0) > 65_535) return false;
  // The address of a network interface, such as fe80::1%eth0, has a meaning only on its own machine.
  return address === undefined || (isIPv6(address) && !address.includes('%'));
}
