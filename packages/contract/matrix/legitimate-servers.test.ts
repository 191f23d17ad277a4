import { describe, expect, test } from 'vitest';
import { KNOWN_CUSTOMERS, legitimateVariants } from '../selftest/index.ts';
import { verifyVariant } from '../selftest/verify-variant.ts';

// Testing each server with all customers would take minutes, so each server gets a few of them in turn.
const AT_A_TIME = 5;

const servers = [{ name: 'is correct', variant: undefined }, ...legitimateVariants].map((server, number) => ({
  ...server,
  customers: number === 0 ? KNOWN_CUSTOMERS : selectCustomers(number),
}));

function selectCustomers(number: number) {
  const start = number * AT_A_TIME;
  return Array.from(
    { length: AT_A_TIME },
    (_, index) => KNOWN_CUSTOMERS[(start + index) % KNOWN_CUSTOMERS.length],
  ).filter((customer) => customer !== undefined);
}

describe.each([
  { group: 'legitimate servers, tested with the examples', hasCustomers: false },
  { group: 'legitimate servers, tested with known customers', hasCustomers: true },
])('$group', ({ hasCustomers }) => {
  test.each(servers)('reports no error of a server that $name', async ({ variant, customers }) => {
    const found = await verifyVariant(variant, { customers: hasCustomers ? customers : [] });
    const errors = found.filter(({ severity }) => severity === 'error');

    expect(errors.map(({ check, testCase, expected, actual }) => ({ check, testCase, expected, actual }))).toEqual([]);
  });
});
