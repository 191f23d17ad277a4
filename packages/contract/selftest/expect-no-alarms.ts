import { describe, expect, test } from 'vitest';
import type { KnownCustomer } from '../src/customers/known-customers.ts';
import { legitimate } from './legitimate.ts';
import { verifyVariant } from './verify-variant.ts';

const servers = [{ name: 'the correct server', variant: undefined }, ...legitimate].map((server, number) => ({
  ...server,
  number,
}));

/**
 * Runs the contract tests against the correct server and every legitimate variant, and expects no errors.
 *
 * @param customersOf - Returns the known customers for the server with this index. The correct server has index 0.
 */
export function expectNoAlarms(name: string, customersOf: (number: number) => readonly KnownCustomer[]): void {
  describe(name, () => {
    test.each(servers)('$name', async ({ variant, number }) => {
      const found = await verifyVariant(variant, { customers: customersOf(number) });
      const alarms = found.filter(({ severity }) => severity === 'error');

      expect(alarms.map(({ check, testCase, expected, actual }) => ({ check, testCase, expected, actual }))).toEqual(
        [],
      );
    });
  });
}
