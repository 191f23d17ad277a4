import { type Operation, readApiKey, type SecurityScheme } from '@firstofficer/openapi';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate, Identity } from '../api-keys/authenticate.ts';
import { type Counters, findWaitSeconds } from './counters.ts';
import { type ErrorResponse, findDocumentedError } from './error-responses.ts';
import type { RejectRequest, SendTooManyRequests } from './failed-authentication.ts';
import { sendInternalError } from './node-events.ts';
import { countHeader } from './request-checks.ts';
import { withTimeout } from './timeout.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The owner of the request's key. Undefined before authentication, and for routes that need no key. */
    identity: Identity | undefined;
  }
}

/** Options of {@link createAuthenticationHook}. */
export interface AuthenticationOptions {
  readonly authenticate: Authenticate;
  /** Counts requests of keys with a limit. */
  readonly keys: Counters;
  /** Answers a request without a valid key. */
  readonly reject: RejectRequest;
  readonly sendTooManyRequests: SendTooManyRequests;
  /** How long a key may be looked up, in milliseconds. */
  readonly timeoutMs: number;
  /** Called for each request with a valid key. */
  readonly onSuccess: (identity: Identity) => void;
}

/** Counters for the limits of the server. */
export interface RequestCounters {
  /** Requests without a valid key or signature, by the network of the client. */
  readonly failures: Counters;
  readonly keys: Counters;
}

/** Calls `next` if the request has a valid key, which is not above its limit. Otherwise sends a 401 or a 429. */
export type AuthenticationHook = (request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void) => void;

/**
 * Creates the authentication hook of all operations. It runs before routing and validation, so that a response to a
 * request without a key does not reveal what exists.
 *
 * @throws Error if an operation needs no key or several keys at once, which is not supported yet.
 */
export function createAuthenticationHook(
  operations: readonly Operation[],
  { authenticate, keys, reject, sendTooManyRequests, timeoutMs, onSuccess }: AuthenticationOptions,
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
        const seconds = countRequest(identity);
        if (seconds === undefined) next();
        else sendTooManyRequests(request, reply, { seconds, reason: 'This API key is above its limit of requests' });
        return;
      }
      const { operation } = request.routeOptions.config ?? {};
      reject(request, reply, (operation && unauthorized.get(operation)) ?? defaultUnauthorized);
    };
    try {
      const key = findKey(request, schemes);
      const identity = key === undefined ? undefined : authenticate(key);
      // The rest of the request may run in this promise. An exception there must not become an unhandled rejection.
      if (identity instanceof Promise)
        withTimeout(identity, timeoutMs)
          .then(finish)
          .catch(next)
          .catch(() => sendInternalError(reply.raw));
      else finish(identity);
    } catch (error) {
      next(error as Error);
    }
  };

  /** Counts the request of a key that has a limit. Returns the number of seconds to wait if the key is above it. */
  function countRequest({ keyId, limitPerMinute }: Identity): number | undefined {
    return limitPerMinute === null ? undefined : findWaitSeconds(keys.add(keyId), limitPerMinute);
  }
}

function buildUnauthorized(operation: Operation): ErrorResponse {
  const response = findDocumentedError(operation, 401);
  if (!response) throw new Error(`${operation.id} needs an API key, but the description has no 401 response for it.`);
  return response;
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
