import type { Operation } from '@firstofficer/openapi';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findClientNetwork } from './client-network.ts';
import { type Counters, findWaitSeconds } from './counters.ts';
import {
  buildUndocumentedError,
  type ErrorResponse,
  findDocumentedError,
  sendErrorResponse,
} from './error-responses.ts';

/**
 * Counts a request without a valid key or signature, and sends the given response, or a 429 if the network of the client
 * is above its limit.
 */
export type RejectRequest = (request: FastifyRequest, reply: FastifyReply, response: ErrorResponse) => void;

/** Options of {@link createRejection}. */
export interface RejectionOptions {
  /** Counts failed requests by the network of the client. */
  readonly failures: Counters;
  /** Failed requests per minute and client network; 0 sets no limit. */
  readonly maxFailures: number;
  readonly sendTooManyRequests: SendTooManyRequests;
  /** Called for each failed request. */
  readonly onFailure: () => void;
}

/** Creates the function that rejects requests without a valid key or signature. */
export function createRejection({
  failures,
  maxFailures,
  sendTooManyRequests,
  onFailure,
}: RejectionOptions): RejectRequest {
  return (request, reply, response) => {
    onFailure();
    const seconds =
      maxFailures === 0 ? undefined : findWaitSeconds(failures.add(findClientNetwork(request.ip)), maxFailures);
    if (seconds === undefined) sendErrorResponse(reply, response);
    else sendTooManyRequests(request, reply, { seconds, reason: 'Too many requests without a valid API key' });
  };
}

/** Sends the documented 429, if there is one, with the time to wait. */
export type SendTooManyRequests = (
  request: FastifyRequest,
  reply: FastifyReply,
  wait: { readonly seconds: number; readonly reason: string },
) => void;

/** Creates the function that answers a request above a limit. */
export function createTooManyRequests(operations: readonly Operation[]): SendTooManyRequests {
  return (request, reply, { seconds, reason }) => {
    const operation = request.routeOptions.config?.operation ?? operations[0];
    const response =
      (operation && findDocumentedError(operation, 429)) ??
      buildUndocumentedError(429, `${reason}. Try again in ${seconds} seconds.`);
    sendErrorResponse(reply, { ...response, headers: { ...response.headers, 'Retry-After': String(seconds) } });
  };
}
