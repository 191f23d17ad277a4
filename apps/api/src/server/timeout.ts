/** A key look-up or a handler that takes too long. */
export class HandlerTimeoutError extends Error {
  override readonly name = 'HandlerTimeoutError';
  readonly code = 'HANDLER_TIMEOUT';
}

/**
 * Limits the time that a promise may take. Fastify's `handlerTimeout` also creates an AbortController for each request,
 * even if the handler answers at once, which takes a twentieth of the time of a request.
 *
 * @throws HandlerTimeoutError if the promise is still pending after the given time.
 */
export function withTimeout<T>(pending: Promise<T>, ms: number): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new HandlerTimeoutError(`There was no answer within ${ms} ms.`)), ms);
  pending.then(resolve, reject).finally(() => clearTimeout(timer));
  return promise;
}
