import { describe, expect, test } from 'vitest';
import { faultGroups, KNOWN_CUSTOMERS } from '../selftest/index.ts';
import { verifyVariant } from '../selftest/verify-variant.ts';
import type { Observation } from '../src/index.ts';

describe.each(faultGroups)('$name', ({ faults }) => {
  test.each(faults)(
    'reports a server that $name',
    async ({ variant, checks, severity = 'error', hangs = false, onlyKnownCustomers = false }) => {
      const isExpected = (observation: Observation) =>
        checks.includes(observation.check) && (severity === 'note' || observation.severity === 'error');
      const [first = ''] = checks;
      const found = await verifyVariant(variant, {
        customers: onlyKnownCustomers ? KNOWN_CUSTOMERS : [],
        first,
        shouldStop: isExpected,
        // Servers that never answer need only a short timeout. Others need the default on a busy machine.
        ...(hangs && { timeLimitMs: 500 }),
      });

      const summary = [...new Set(found.map((observation) => `${observation.check} (${observation.severity})`))];
      expect(found.some(isExpected), `${checks.join(' or ')} must report it. Reported by: ${summary.join(', ')}`).toBe(
        true,
      );
    },
  );
});
