import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { createETag } from '@firstofficer/common/etag';
import { matchesETag } from '@firstofficer/common/if-none-match';
import { buildDeprecationHeaders } from '@firstofficer/openapi';
import type { FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';

// The prefix makes the IDs of several processes differ.
const prefix = `req_${randomBytes(5).toString('hex')}-`;
let count = 0;

/** Returns an ID that no other response has. */
export function createRequestId(): string {
  count += 1;
  return prefix + count.toString(36);
}

const REQUEST_ID = Symbol('request ID');

interface IdentifiedRequest extends IncomingMessage {
  [REQUEST_ID]?: string;
}

/** Returns the ID of a request, also before Fastify has seen the request. */
export function getRequestId(request: IdentifiedRequest): string {
  request[REQUEST_ID] ??= createRequestId();
  return request[REQUEST_ID];
}

type Headers = Readonly<Record<string, string>>;

const COMMON_HEADERS: Headers = { 'Cache-Control': 'private, no-cache', 'X-Content-Type-Options': 'nosniff' };
const ENCRYPTED_HEADERS: Headers = { ...COMMON_HEADERS, 'Strict-Transport-Security': 'max-age=31536000' };

/** Returns the headers of every response, which depend only on the connection. */
function getCommonHeaders(socket: Duplex): Headers {
  return socket instanceof TLSSocket ? ENCRYPTED_HEADERS : COMMON_HEADERS;
}

/** Builds the headers of every response, for a response that Fastify does not send. */
export function buildCommonHeaders(requestId: string, socket: Duplex): Headers {
  return { 'X-Request-Id': requestId, ...getCommonHeaders(socket) };
}

/** Sets the headers of every response, and those of a deprecated operation. */
export function setCommonHeaders({ id, raw, routeOptions }: FastifyRequest, reply: FastifyReply): void {
  reply.header('X-Request-Id', id).headers(getCommonHeaders(raw.socket));
  const deprecation = routeOptions.config?.operation?.deprecation;
  if (deprecation) reply.headers(buildDeprecationHeaders(deprecation));
}

const SERVER_HEADERS = new Set([
  'x-request-id',
  'etag',
  'deprecation',
  'sunset',
  ...Object.keys(ENCRYPTED_HEADERS).map((n) => n.toLowerCase()),
]);

/** Returns whether the server sets a header itself, so that the example of the description is not its value. */
export function isServerHeader(name: string): boolean {
  return SERVER_HEADERS.has(name.toLowerCase());
}

/**
 * Adds an ETag to a success, and sends a 304 instead if the client already has this content. This is a hook of the
 * operations that document 304. It runs after authentication and after the handler, so a 304 reveals no more than a 200.
 */
// biome-ignore lint/complexity/useMaxParams: Fastify defines this signature.
export const sendNotModified: onSendHookHandler = (request, reply, payload, done) => {
  if (reply.statusCode !== 200 || typeof payload !== 'string') return done(null, payload);
  const etag = createETag(payload);
  reply.header('ETag', etag);
  const known = request.headers['if-none-match'];
  if (known === undefined || !matchesETag(known, etag)) return done(null, payload);
  reply.code(304).removeHeader('Content-Type');
  // For HEAD, Fastify removes the payload afterwards.
  done(null, request.method === 'HEAD' ? payload : undefined);
};
