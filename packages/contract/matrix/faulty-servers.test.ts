import { describe, expect, test } from 'vitest';
import { groups, KNOWN_CUSTOMERS } from '../selftest/index.ts';
import { verifyVariant } from '../selftest/verify-variant.ts';

describe.each(groups)('$name', ({ faults }) => {
  test.each(faults)(
    '$name',
    async ({ variant, check, severity = 'error', hangs = false, onlyKnownCustomers = false }) => {
      const isEnough = (observation: { severity: string }) => severity === 'note' || observation.severity === 'error';
      const found = await verifyVariant(variant, {
        customers: onlyKnownCustomers ? KNOWN_CUSTOMERS : [],
        first: check,
        until: isEnough,
        // Short only for servers that never answer. Others need the full timeout on a busy machine.
        ...(hangs && { timeLimitMs: 500 }),
      });

      expect(found.filter(isEnough).map(({ check: name, actual }) => `${name}: ${actual}`)).not.toEqual([]);
    },
  );
});
