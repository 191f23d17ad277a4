import Stripe from 'stripe';
import type { ClientFactory } from '../candidates.ts';

// Used only for the size benchmark, because it calls Stripe's API.
export const connect: ClientFactory = ({ baseUrl, token }) => {
  const { hostname, port } = new URL(baseUrl);
  const stripe = new Stripe(token, { host: hostname, port });
  return (identifier) => stripe.customers.retrieve(identifier);
};
