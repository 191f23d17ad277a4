import { describe, expect, test } from 'vitest';
import type { KnownCustomer } from '../src/customers/known-customers.ts';
import { legitimate } from './legitimate.ts';
import { verifyVariant } from './verify-variant.ts';

const servers = [{ name: 'the correct server', variant: undefined }, ...legitimate].map((server, number) => ({
  ...server,
  number,
}));

/**
 * Holds every server that keeps the contract against the checks.
 *
 * @param customersOf - Of whom the checks are told, by the number of the server; the correct one is the first.
 */
export function expectNoAlarms(name: string, customersOf: (number: number) => readonly KnownCustomer[]): void {
  describe(name, () => {
    test.each(servers)('$name', async ({ variant, number }) => {
      const found = await verifyVariant(variant, { customers: customersOf(number) });
      const alarms = found.filter(({ severity }) => severity === 'error');

      expect(alarms.map(({ check, probe, expected, actual }) => ({ check, probe, expected, actual }))).toEqual([]);
    });
  });
}
