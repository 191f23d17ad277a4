import type { StripeObject } from './objects.ts';
import { findResource } from './resources.ts';

/** Returns the type of the event that Stripe creates when an object changes, or undefined if there is none. */
export function getEventType(object: StripeObject, change: 'created' | 'updated' | 'deleted'): string | undefined {
  const prefix = findResource(object.object)?.events;
  if (prefix === undefined) return undefined;
  const { status } = object;
  if (object.object === 'subscription' && change === 'updated' && status === 'canceled') return `${prefix}.deleted`;
  if (object.object === 'charge' && change === 'created') return `${prefix}.${getChargeEvent(status)}`;
  if (object.object === 'invoice' && change === 'updated' && status === 'paid') return `${prefix}.paid`;
  if (object.object === 'invoice_payment') return status === 'paid' ? `${prefix}.paid` : undefined;
  if (object.object === 'credit_note' && status === 'void') return `${prefix}.voided`;
  if (object.object === 'dispute' && change === 'updated' && /^(won|lost)$/.test(String(status)))
    return `${prefix}.closed`;
  return `${prefix}.${change}`;
}

function getChargeEvent(status: unknown): string {
  if (status === 'pending' || status === 'failed') return status;
  return 'succeeded';
}
