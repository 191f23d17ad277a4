import { Rational } from '../rational.ts';

/**
 * Returns the monthly rate of a subscription from the rates of its lines in force.
 *
 * Source: FirstOfficer's published rule 3, "Quantities (seats) count. A change from monthly to annual is an upgrade". Our
 * decisions: "Monthly rate. Effective net × factor × (full period ÷ line period)" and "A subscription's rate is never
 * below 0".
 */
export function computeSubscriptionRate(lineRates: readonly Rational[]): Rational {
  const sum = lineRates.reduce((total, rate) => total.plus(rate), Rational.ZERO);
  return sum.sign < 0 ? Rational.ZERO : sum;
}
