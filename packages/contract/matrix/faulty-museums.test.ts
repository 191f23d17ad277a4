import { describe, expect, test } from 'vitest';
import { museumFaultGroups } from '../selftest/museum/index.ts';
import { PENDING_FAULTS } from '../selftest/museum/pending.ts';
import { verifyMuseum } from '../selftest/museum/verify-museum.ts';
import type { Observation } from '../src/index.ts';

// All faults take four minutes. Every third one of each group is a sample of all kinds.
const isSelected = (_: unknown, index: number) => process.env.MUSEUM === 'all' || index % 3 === 0;

describe.each(museumFaultGroups)('$name', ({ faults }) => {
  test.each(faults.filter(isSelected))('reports a museum that $name', async ({ name, checks, ...museum }) => {
    const isExpected = ({ check, severity }: Observation) => checks.includes(check) && severity === 'error';
    const [first = ''] = checks;
    const found = await verifyMuseum(museum, { first, shouldStop: isExpected });

    const summary = [...new Set(found.map(({ check, severity }) => `${check} (${severity})`))].join(', ');
    const isPending = PENDING_FAULTS.includes(name);
    const message = isPending
      ? 'The fault is reported now. Remove it from pending.ts'
      : `${checks.join(' or ')} must report it. Reported by: ${summary}`;
    expect(found.some(isExpected), message).toBe(!isPending);
  });
});
