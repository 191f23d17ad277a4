import { describe, expect, test } from 'vitest';
import { holdAgainstContract } from '../selftest/hold-against-contract.ts';
import { KNOWN_CUSTOMERS, legitimate } from '../selftest/index.ts';

const servers = [{ name: 'the correct server', variant: undefined }, ...legitimate];

describe.each([
  { by: 'the examples of the description', customers: [] },
  { by: 'all its customers', customers: KNOWN_CUSTOMERS },
])('known by $by, no false alarm is raised by', ({ customers }) => {
  test.each(servers)('$name', async ({ variant }) => {
    const found = await holdAgainstContract(variant, { customers });
    const alarms = found.filter(({ severity }) => severity === 'error');

    expect(alarms.map(({ check, probe, expected, actual }) => ({ check, probe, expected, actual }))).toEqual([]);
  });
});
