import type { Check } from '../engine/check.ts';
import { NO_RESPONSE } from '../engine/session.ts';

/** Judged where a request fails: there is no exchange to look at. */
export const noResponse: Check = {
  name: NO_RESPONSE,
  severity: 'error',
  rationale: 'Each request gets a whole response in time: a client cannot tell a dropped connection from an outage.',
};
