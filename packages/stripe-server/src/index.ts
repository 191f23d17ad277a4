export type { Fault, FaultSelection, RateLimitReason } from './faults.ts';
export type { StripeObject } from './objects.ts';
export {
  createStripeServer,
  type EventInput,
  type KeyAccess,
  type PutOptions,
  type StripeRequest,
  type StripeServer,
  type StripeServerOptions,
} from './server.ts';
