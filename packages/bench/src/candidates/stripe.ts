import Stripe from 'stripe';
import type { Connect } from '../candidate.ts';

// Size only: it speaks to Stripe's API, not to this one.
export const connect: Connect = ({ baseUrl, token }) => {
  const { hostname, port } = new URL(baseUrl);
  const stripe = new Stripe(token, { host: hostname, port });
  return (identifier) => stripe.customers.retrieve(identifier);
};
