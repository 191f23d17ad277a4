import { type Operation, readApiKey, type SecurityScheme } from '@firstofficer/openapi';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Authenticate, Identity } from '../api-keys/authenticate.ts';
import { findClientNetwork } from './client-network.ts';
import {
  buildUndocumentedError,
  type ErrorResponse,
  findDocumentedError,
  sendErrorResponse,
} from './error-responses.ts';
import { sendInternalError } from './node-events.ts';
import { countHeader } from './request-checks.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The owner of the request's key. Undefined before authentication, and for routes that need no key. */
    identity: Identity | undefined;
  }
}

/** Options of {@link createAuthenticationHook}. */
export interface AuthenticationOptions {
  readonly authenticate: Authenticate;
  /** Counts the requests without a valid key, to limit them. */
  readonly countFailure: CountFailure;
  /** Called for each request with a valid key. */
  readonly onSuccess: (identity: Identity) => void;
  /** Called for each request without a valid key. */
  readonly onFailure: () => void;
}

/** Calls `next` if the request has a valid key. Otherwise sends a 401 or a 429. */
export type AuthenticationHook = (request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void) => void;

/**
 * Creates the authentication hook of all operations. It runs before routing and validation, so that a response to a
 * request without a key does not reveal what exists.
 *
 * @throws Error if an operation needs no key or several keys at once, which is not supported yet.
 */
export function createAuthenticationHook(
  operations: readonly Operation[],
  { authenticate, countFailure, onSuccess, onFailure }: AuthenticationOptions,
): AuthenticationHook {
  const schemes = findSchemes(operations);
  const unauthorized = new Map(operations.map((operation) => [operation, buildUnauthorized(operation)]));
  // For requests that match no operation.
  const [defaultUnauthorized] = unauthorized.values();
  if (!defaultUnauthorized) throw new Error('The description has no operation.');

  return (request, reply, next) => {
    const finish = (identity: Identity | undefined) => {
      if (identity) {
        request.identity = identity;
        onSuccess(identity);
        next();
        return;
      }
      onFailure();
      const seconds = countFailure(request.ip);
      const { operation } = request.routeOptions.config ?? {};
      const response = (operation && unauthorized.get(operation)) ?? defaultUnauthorized;
      sendErrorResponse(reply, seconds === undefined ? response : buildTooManyRequests(seconds));
    };
    try {
      const key = findKey(request, schemes);
      const identity = key === undefined ? undefined : authenticate(key);
      // The rest of the request may run in this promise. An exception there must not become an unhandled rejection.
      if (identity instanceof Promise)
        identity
          .then(finish)
          .catch(next)
          .catch(() => sendInternalError(reply.raw));
      else finish(identity);
    } catch (error) {
      next(error as Error);
    }
  };
}

function buildUnauthorized(operation: Operation): ErrorResponse {
  const response = findDocumentedError(operation, 401);
  if (!response) throw new Error(`${operation.id} needs an API key, but the description has no 401 response for it.`);
  return response;
}

function buildTooManyRequests(seconds: number) {
  const message = `Too many requests without a valid API key. Try again in ${seconds} seconds.`;
  return buildUndocumentedError(429, message, { 'Retry-After': String(seconds) });
}

function findSchemes(operations: readonly Operation[]): SecurityScheme[] {
  const alternatives = operations.flatMap(({ security, id }) => {
    if (security.length === 0)
      throw new Error(`${id} needs no API key. Operations without a key are not supported yet.`);
    return security;
  });
  const schemes = new Map(
    alternatives.flatMap((alternative) => {
      const entries = Object.entries(alternative);
      if (entries.length !== 1)
        throw new Error('A security requirement must have exactly one scheme. Others are not supported yet.');
      return entries;
    }),
  );
  return [...schemes.values()];
}

function findKey({ raw, headers }: FastifyRequest, schemes: readonly SecurityScheme[]): string | undefined {
  const { authorization } = headers;
  // A request with several keys has no valid key.
  if (authorization === undefined || countHeader(raw.rawHeaders, 'authorization') > 1) return undefined;
  const source = { headers: { authorization }, query: {} };
  for (const scheme of schemes) {
    const key = readApiKey(source, scheme);
    if (typeof key === 'string') return key;
  }
  return undefined;
}

/**
 * Counts a failed request of a client address. The count of an address resets one minute after its first failure.
 *
 * @returns The number of seconds that the client should wait, or undefined if it is below the limit.
 */
export type CountFailure = (address: string) => number | undefined;

const WINDOW_MS = 60_000;
// Limits the memory that an attack from many addresses can use. The address that failed least recently is removed first.
const MAX_ADDRESSES = 100_000;

/**
 * Creates the function that counts failed requests.
 *
 * @param limit - The allowed number of failures per minute; 0 sets no limit.
 */
export function createFailureCounter(limit: number): CountFailure {
  const failures = new LRUCache<string, { count: number; readonly until: number }>({
    max: MAX_ADDRESSES,
    ttl: WINDOW_MS,
  });
  return (address) => {
    if (limit === 0) return undefined;
    const key = findClientNetwork(address);
    const now = Date.now();
    const known = failures.get(key);
    if (!known || known.until <= now) {
      failures.set(key, { count: 1, until: now + WINDOW_MS });
      return undefined;
    }
    known.count += 1;
    return known.count > limit ? Math.ceil((known.until - now) / 1000) : undefined;
  };
}
