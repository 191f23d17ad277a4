import type { Check } from './check.ts';

/** The session reports this check when a request fails, because there is no exchange to check. */
export const noResponse: Check = {
  name: 'no_response',
  severity: 'error',
  basis: 'rfc',
  rationale:
    'Each request gets a complete response within the timeout: to a client, a dropped connection looks like an outage.',
};
