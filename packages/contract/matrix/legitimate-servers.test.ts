import { describe, expect, test } from 'vitest';
import { KNOWN_CUSTOMERS, legitimateVariants } from '../selftest/index.ts';
import { verifyVariant } from '../selftest/verify-variant.ts';

// A test with all customers takes long, so only the correct server gets them all. Each other server gets the next five.
const CUSTOMERS_PER_SERVER = 5;

const servers = [{ name: 'is correct', variant: undefined }, ...legitimateVariants].map((server, index) => ({
  ...server,
  customers: index === 0 ? KNOWN_CUSTOMERS : selectCustomers(index),
}));

function selectCustomers(serverIndex: number) {
  const start = (serverIndex * CUSTOMERS_PER_SERVER) % KNOWN_CUSTOMERS.length;
  return [...KNOWN_CUSTOMERS, ...KNOWN_CUSTOMERS].slice(start, start + CUSTOMERS_PER_SERVER);
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
