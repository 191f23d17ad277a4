import { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildUndocumentedError } from './error-response.ts';

/** The response to a request that failed because of an error in the server. */
export const INTERNAL_ERROR = buildUndocumentedError(500, 'The server failed. The reason is in its log.');

/** Logs an error. If the logger fails, the request is still answered. */
export function logError(log: FastifyBaseLogger, fields: object, message: string): void {
  try {
    log.error(fields, message);
  } catch {
    // The failure of the logger itself cannot be reported anywhere.
  }
}

/** Sends a 500 where Fastify's error handler cannot run. Closes the connection if the headers were already sent. */
export function sendInternalError(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(INTERNAL_ERROR.status, { 'Content-Type': 'application/json' }).end(INTERNAL_ERROR.payload);
}

/**
 * Catches exceptions of the server's event listeners, which would otherwise end the process. Answers the request with a
 * 500, or closes the connection if it has no request.
 */
export function catchExceptions({ server, log }: FastifyInstance): void {
  const emit = server.emit.bind(server) as (event: string | symbol, ...values: unknown[]) => boolean;
  server.emit = (event: string | symbol, ...values: unknown[]) => {
    try {
      return emit(event, ...values);
    } catch (error) {
      const target = values.find((value) => value instanceof ServerResponse || value instanceof Socket);
      if (target === undefined) throw error;
      if (target instanceof ServerResponse) sendInternalError(target);
      else target.destroy();
      logError(log, { err: error }, 'failed');
      return true;
    }
  };
}
