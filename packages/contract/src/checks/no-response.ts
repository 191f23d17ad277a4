import type { Check } from './check.ts';

/** The name of the check that reports requests without a complete response. */
export const NO_RESPONSE = 'no_response';

/** Judged where a request fails: there is no exchange to look at. */
export const noResponse: Check = {
  name: NO_RESPONSE,
  severity: 'error',
  rationale: 'Each request gets a whole response in time: a client cannot tell a dropped connection from an outage.',
};
