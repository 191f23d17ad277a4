import { isSkipped } from '../generate/base-data.ts';
import { type Check, isMethodAllowed, type TestCase } from './check.ts';
import { negativeDataRejection } from './negative-data-rejection.ts';
import { listTypicalRequests } from './statuses.ts';

// Enough for the documented form of the responses to invalid data.
const MAX_INVALID = 4;

/**
 * Requests whose responses the checks of every response look at. They have no expectation of their own, so they are not
 * in the list of checks. The first one should get a documented success.
 */
export const typicalRequests: Check = {
  name: 'typical_requests',
  severity: 'note',
  basis: 'description',
  rationale: 'These requests get the documented responses, so that other checks can look at them.',
  testCases(operation, context) {
    const { method } = operation;
    if (!isMethodAllowed(context, method)) {
      return { skipped: `${method} requests are not sent to other machines. Pass --unsafe-methods to send them` };
    }
    const requests = [
      ...listTypicalRequests(operation),
      ...context.alternatives.map((parameters, index) => ({
        name: `an existing resource, by alternative ${index + 1}`,
        parts: { parameters },
      })),
    ];
    const typical = requests.map(
      ({ name, parts }): TestCase => ({ name, run: async (session) => void (await session.send(parts)) }),
    );
    const invalid = negativeDataRejection.testCases?.(operation, context) ?? [];
    return [...typical, ...(isSkipped(invalid) ? [] : invalid.slice(0, MAX_INVALID))];
  },
};
