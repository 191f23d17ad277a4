import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FindWebhookSecrets } from '../stripe/webhook/secrets.ts';
import { isSigned, parseSignatureHeader } from '../stripe/webhook/signature.ts';
import { buildUndocumentedError, sendErrorResponse } from './error-responses.ts';
import type { RejectRequest } from './failed-authentication.ts';
import { InvalidRequestError } from './parameters.ts';
import { withTimeout } from './timeout.ts';

/** The webhook that Stripe sends events to. */
export interface StripeWebhook {
  readonly findSecrets: FindWebhookSecrets;
  /**
   * Stores that the object of an event has changed.
   *
   * @returns false if the account does not exist.
   */
  readonly receive: (accountId: number, event: object) => Promise<boolean>;
}

/** What {@link addStripeWebhook} needs. */
interface WebhookOptions extends StripeWebhook {
  /** Counts and answers a request without a valid signature. */
  readonly reject: RejectRequest;
  /** How long it may take to store an event, in milliseconds. */
  readonly timeoutMs: number;
}

// Anybody can send a body, because its signature can be checked only when all of it has arrived. This limits the memory.
const MAX_PENDING = 64;

const invalidSignature = buildUndocumentedError(
  400,
  'The Stripe-Signature header is missing or invalid, or its time is more than 300 seconds off. Check the URL of the webhook endpoint, its signing secret, and the clock of this server.',
);
const tooMany = buildUndocumentedError(503, 'Too many events arrive at the same time. Try again.', {
  'Retry-After': '1',
});

/** Adds the route that Stripe sends events to. It needs no API key, because Stripe signs its requests. */
export function addStripeWebhook(
  app: FastifyInstance,
  { findSecrets, receive, reject, timeoutMs }: WebhookOptions,
): void {
  let pending = 0;
  app.route<{ Params: { account: string } }>({
    method: 'POST',
    url: '/stripe/webhook/:account',
    config: { isKeyless: true },
    onRequest(request, reply, done) {
      // Respond before Fastify reads the body.
      if (!readSignature(request)) reject(request, reply, invalidSignature);
      else if (pending >= MAX_PENDING) sendErrorResponse(reply, tooMany);
      else {
        pending += 1;
        reply.raw.once('close', () => {
          pending -= 1;
        });
        done();
      }
    },
    async handler(request, reply) {
      const signature = readSignature(request);
      const { body = Buffer.alloc(0) } = request;
      const { account } = request.params;
      const accountId = /^[1-9]\d{0,14}$/.test(account) ? Number(account) : undefined;
      if (accountId === undefined || !signature || !(body instanceof Buffer)) return rejectSignature(request, reply);
      if (!isSigned(signature, body, findSecrets(accountId))) return rejectSignature(request, reply);
      const isKnown = await withTimeout(receive(accountId, parseEvent(body)), timeoutMs);
      return isKnown ? { received: true } : rejectSignature(request, reply);
    },
  });

  /** Rejects a request without a valid signature. An unknown account gets the same response, which reveals nothing. */
  function rejectSignature(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    reject(request, reply, invalidSignature);
    return reply;
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route needs no key, although it must be requested over HTTPS. */
    readonly isKeyless?: boolean;
  }
}

function readSignature({ headers }: FastifyRequest) {
  const header = headers['stripe-signature'];
  return typeof header === 'string' ? parseSignatureHeader(header, Date.now()) : undefined;
}

function parseEvent(body: Buffer): object {
  try {
    const event: unknown = JSON.parse(body.toString());
    if (typeof event === 'object' && event !== null) return event;
  } catch {
    // The message of the parser may contain a part of the body.
  }
  throw new InvalidRequestError('The request body is not an event.');
}
