import type { Time } from '../time.ts';
import { Account } from './account.ts';

/**
 * The figures of all customers at a time: currency, MRR, subscription count and total contract value, such as
 * `usd 10000/1/10000`. Currencies whose figures are all 0 are left out. Customers other than `cus_1` have their ID in
 * front: `cus_2 usd 10000/1/10000`.
 */
type Expectation = [at: Time, figures: string];

export interface Scenario {
  name: string;
  objects: object[];
  expected: Expectation[];
}

interface Options {
  currency?: string;
  customer?: 'deleted' | 'without currency';
}

/** January to April 2026. */
export const JANUARY: [Time, Time] = ['01-01', '02-01'];
export const FEBRUARY: [Time, Time] = ['02-01', '03-01'];
export const MARCH: [Time, Time] = ['03-01', '04-01'];
export const YEAR: [Time, Time] = ['01-01', '2027-01-01'];

/** The second half of January (15.5 days), of February (14 days) and of 2026 (182.5 days). */
export const HALF_JANUARY: [Time, Time] = ['01-16T12:00', '02-01'];
export const HALF_FEBRUARY: [Time, Time] = ['02-15', '03-01'];
export const HALF_YEAR: [Time, Time] = ['07-02T12:00', '2027-01-01'];

/** Creates a scenario from a function that adds objects to an account and returns the expected figures. */
export function scenario(name: string, fill: (account: Account) => Expectation[], options: Options = {}): Scenario {
  const account = new Account(options.currency ?? 'usd');
  if (options.customer === 'deleted') account.deletedCustomer();
  else if (options.customer === 'without currency') account.customer('cus_1', null);
  else account.customer();
  const expected = fill(account);
  account.finish();
  return { name, objects: account.objects, expected };
}
