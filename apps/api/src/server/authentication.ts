import { keyIn, type Operation, type SecurityScheme } from '@firstofficer/openapi';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate, Identity } from '../api-keys/authenticate.ts';
import { buildDocumentedError, buildUndocumentedError, sendErrorResponse } from './error-response.ts';
import { sendInternalError } from './exceptions.ts';
import type { Throttle } from './throttle.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key the request carries; undefined until that is known, and where none is needed. */
    identity: Identity | undefined;
  }
}

/** What is told of requests with and without a valid key. */
export interface AuthenticationEvents {
  readonly onSuccess: (identity: Identity) => void;
  readonly onFailure: () => void;
}

/** Lets a request on if it carries a valid key, and answers it otherwise. */
export type AuthenticationHook = (request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void) => void;

/**
 * Makes the createAuthenticationHook of all operations. The key comes before everything else, so that no answer without one tells what
 * exists.
 *
 * @throws Error if an operation needs no key, or several at once: no such operation can be served yet.
 */
export function createAuthenticationHook(
  operations: readonly Operation[],
  authenticate: Authenticate,
  { fail }: Throttle,
  { onSuccess, onFailure }: AuthenticationEvents,
): AuthenticationHook {
  const [operation] = operations;
  if (!operation) throw new Error('The description has no operation.');
  const schemes = findSchemes(operations);
  const unauthorized = buildDocumentedError(operation, 401);

  return (request, reply, next) => {
    const settle = (identity: Identity | undefined) => {
      if (identity) {
        request.identity = identity;
        onSuccess(identity);
        next();
        return;
      }
      onFailure();
      const seconds = fail(request.ip);
      if (seconds === undefined) sendErrorResponse(reply, unauthorized);
      else sendErrorResponse(reply, buildTooManyRequests(seconds));
    };
    try {
      const key = findKey(request, schemes);
      const identity = key === undefined ? undefined : authenticate(key);
      // The rest of the request may run in this promise. Whatever it throws must not become an unhandled rejection.
      if (identity instanceof Promise)
        identity
          .then(settle)
          .catch(next)
          .catch(() => sendInternalError(reply.raw));
      else settle(identity);
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
    if (security.length === 0) throw new Error(`${id} needs no key: serving such an operation is not supported yet.`);
    return security;
  });
  const schemes = new Map(
    alternatives.flatMap((alternative) => {
      const entries = Object.entries(alternative);
      if (entries.length !== 1)
        throw new Error('A security requirement of other than one scheme is not supported yet.');
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
    const key = keyIn(carrier, scheme);
    if (typeof key === 'string') return key;
  }
  return undefined;
}

/** Node keeps the first of several: which one is meant is anybody's guess, so none is. */
function isRepeated(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 13 && name.toLowerCase() === 'authorization') count += 1;
  }
  return count > 1;
}
