import { Rational } from '../rational.ts';
import type { MoneyMovement } from './contract-value.ts';

/**
 * The figures of a customer in one currency, in the smallest unit of that currency as Stripe has it.
 *
 * @example
 * const figures: Figures = { current_mrr: 10_000, current_subscription_count: 1, total_contract_value: 120_000 };
 */
export interface Figures {
  readonly current_mrr: number;
  readonly current_subscription_count: number;
  readonly total_contract_value: number;
}

/**
 * Computes the figures in one currency.
 *
 * Source: our decisions, "current_mrr is the sum of the rates in force; current_subscription_count the number of
 * subscriptions with a rate above 0; total_contract_value the money" and "All arithmetic is exact, rounded once per
 * customer and currency, half away from zero". If the MRR rounds to 0, the count is 0.
 *
 * Throws a RangeError if a figure is not a safe integer.
 *
 * @param rates - The rates of the subscriptions.
 */
export function sumFigures(rates: Iterable<Rational>, movements: readonly MoneyMovement[]): Figures {
  const positive = [...rates].filter(({ sign }) => sign > 0);
  const mrr = positive.reduce((sum, rate) => sum.plus(rate), Rational.ZERO).round();
  const value = movements.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  return {
    current_mrr: toSafeInteger(mrr, 'current_mrr'),
    current_subscription_count: mrr === 0n ? 0 : positive.length,
    total_contract_value: toSafeInteger(value, 'total_contract_value'),
  };
}

function toSafeInteger(value: bigint, name: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`${name} is ${value}, which is more than a number can hold exactly. Check the amounts.`);
  }
  return number;
}
