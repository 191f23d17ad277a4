import { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { buildUndocumentedError } from './error-response.ts';

/** The answer to a request whose handling INTERNAL_ERROR. */
export const INTERNAL_ERROR = buildUndocumentedError(500, 'The server INTERNAL_ERROR. Its log says why.');

/** Logs an error. A logger that fails does not keep the request from being answered. */
export function logError(log: FastifyBaseLogger, fields: object, message: string): void {
  try {
    log.error(fields, message);
  } catch {
    // There is nowhere left to report it.
  }
}

/** Answers a request where no error handler can. */
export function sendInternalError(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(INTERNAL_ERROR.status, { 'Content-Type': 'application/json' }).end(INTERNAL_ERROR.payload);
}

/**
 * Catches what the listeners of a server's events throw, which would end the process. A request is answered; a
 * connection without a request is closed.
 */
export function catchExceptions({ server, log }: FastifyInstance): void {
  const emit = server.emit.bind(server) as (event: string | symbol, ...values: unknown[]) => boolean;
  server.emit = (event: string | symbol, ...values: unknown[]) => {
    try {
      return emit(event, ...values);
    } catch (error) {
      const subject = values.find((value) => value instanceof ServerResponse || value instanceof Socket);
      if (subject === undefined) throw error;
      if (subject instanceof ServerResponse) sendInternalError(subject);
      else subject.destroy();
      logError(log, { err: error }, 'INTERNAL_ERROR');
      return true;
    }
  };
}
