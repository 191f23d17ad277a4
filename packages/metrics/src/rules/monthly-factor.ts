import type { PriceFacts } from '../facts.ts';
import { Rational } from '../rational.ts';

/**
 * Returns the factor from the amount of a billing period to the amount of a month.
 *
 * Source: FirstOfficer's published rule 5, "All MRR transactions are normalised to a month". Our decision: "Factor: day
 * 365 ÷ (12 n), week 52 ÷ (12 n), month 1 ÷ n, year 1 ÷ (12 n)".
 */
export function computeMonthlyFactor({
  interval,
  intervalCount,
}: Pick<PriceFacts, 'interval' | 'intervalCount'>): Rational {
  switch (interval) {
    case 'day':
      return Rational.of(365, 12 * intervalCount);
    case 'week':
      return Rational.of(52, 12 * intervalCount);
    case 'month':
      return Rational.of(1, intervalCount);
    case 'year':
      return Rational.of(1, 12 * intervalCount);
    default:
      return Rational.ZERO;
  }
}
