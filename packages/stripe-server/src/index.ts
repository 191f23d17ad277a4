export type { KeyAccess } from './access.ts';
export type { Fault, FaultSelection, RateLimitReason } from './faults.ts';
export type { StripeObject } from './objects.ts';
export {
  createStripeServer,
  type EventInput,
  type PutOptions,
  type StripeRequest,
  type StripeServer,
  type StripeServerOptions,
} from './server.ts';
