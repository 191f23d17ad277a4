import { describe, expect, test } from 'vitest';
import { FOUND_BY } from '../selftest/found-by.ts';
import { groups, KNOWN_CUSTOMERS } from '../selftest/index.ts';
import { verifyVariant } from '../selftest/verify-variant.ts';
import type { Observation } from '../src/run/outcome.ts';

describe.each(groups)('$name', ({ faults }) => {
  test.each(faults)(
    '$name',
    async ({ name, variant, check, severity = 'error', hangs = false, onlyKnownCustomers = false }) => {
      const foundBy: readonly string[] = FOUND_BY[name] ?? [check];
      const isExpected = (observation: Observation) =>
        foundBy.includes(observation.check) && (severity === 'note' || observation.severity === 'error');
      const found = await verifyVariant(variant, {
        customers: onlyKnownCustomers ? KNOWN_CUSTOMERS : [],
        first: foundBy[0] ?? check,
        until: isExpected,
        // Short only for servers that never answer. Others need the full timeout on a busy machine.
        ...(hangs && { timeLimitMs: 500 }),
      });

      const summary = [...new Set(found.map((observation) => `${observation.check} (${observation.severity})`))];
      expect(found.some(isExpected), `${foundBy.join(' or ')} must find it; found by: ${summary.join(', ')}`).toBe(
        true,
      );
    },
  );
});
