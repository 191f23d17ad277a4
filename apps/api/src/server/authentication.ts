import { type Operation, readApiKey, type SecurityScheme } from '@firstofficer/openapi';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate, Identity } from '../api-keys/authenticate.ts';
import { buildDocumentedError, buildUndocumentedError, sendErrorResponse } from './error-response.ts';
import { sendInternalError } from './exceptions.ts';
import type { Throttle } from './throttle.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The owner of the request's key. Undefined before authentication, and for routes that need no key. */
    identity: Identity | undefined;
  }
}

/** What the authentication hook needs besides the operations. */
export interface AuthenticationOptions {
  readonly authenticate: Authenticate;
  /** Counts the requests without a valid key. */
  readonly throttle: Throttle;
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
  { authenticate, throttle, onSuccess, onFailure }: AuthenticationOptions,
): AuthenticationHook {
  const [operation] = operations;
  if (!operation) throw new Error('The description has no operation.');
  const schemes = findSchemes(operations);
  const unauthorized = buildDocumentedError(operation, 401);

  return (request, reply, next) => {
    const finish = (identity: Identity | undefined) => {
      if (identity) {
        request.identity = identity;
        onSuccess(identity);
        next();
        return;
      }
      onFailure();
      const seconds = throttle.fail(request.ip);
      if (seconds === undefined) sendErrorResponse(reply, unauthorized);
      else sendErrorResponse(reply, buildTooManyRequests(seconds));
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
  if (authorization === undefined || isRepeated(raw.rawHeaders)) return undefined;
  const carrier = { headers: { authorization }, query: {} };
  for (const scheme of schemes) {
    const key = readApiKey(carrier, scheme);
    if (typeof key === 'string') return key;
  }
  return undefined;
}

/** Returns whether a request has several Authorization headers. It is ambiguous which one applies, so all are ignored. */
function isRepeated(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  return count > 1;
}
