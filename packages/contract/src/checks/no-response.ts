import type { Check } from './check.ts';

/** The name of the check that reports requests without a complete response. */
export const NO_RESPONSE = 'no_response';

/** The session reports this check when a request fails, because there is no exchange to check. */
export const noResponse: Check = {
  name: NO_RESPONSE,
  severity: 'error',
  rationale:
    'Each request gets a complete response within the timeout: to a client, a dropped connection looks like an outage.',
};
