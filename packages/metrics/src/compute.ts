import type { CustomerData } from './customer-data.ts';
import { computeRates, sumBySubscription } from './rates.ts';
import type { Rational } from './rational.ts';
import { listMoneyMovements } from './rules/contract-value.ts';
import { findCurrencyShown } from './rules/currency-shown.ts';
import { type Figures, sumFigures } from './rules/figures.ts';
import { createView, type View } from './view.ts';

/**
 * The figures of a customer in the currency that the API shows, with the names of the API.
 *
 * @example
 * const { stripe_id, currency, current_mrr }: Snapshot = computeSnapshot(data, at, { defaultCurrency: 'usd' });
 */
export interface Snapshot extends Figures {
  readonly stripe_id: string;
  readonly currency: string;
}

/**
 * Computes the figures of a customer at a point in time, by currency. A currency in which nothing ever happened is left
 * out.
 *
 * Throws a MissingMemberError if the data lacks an object that a rule needs, such as a price, and a RangeError if a figure
 * is not a safe integer.
 *
 * @param at - The point in time, in seconds. What happened later does not count.
 * @example
 * computeFigures(data, Date.parse('2026-02-01T00:00:00Z') / 1000).get('usd')?.current_mrr; // 10000
 */
export function computeFigures(data: CustomerData, at: number): ReadonlyMap<string, Figures> {
  return computeViewFigures(createView(data, at));
}

/**
 * Computes the snapshot of a customer at a point in time: the figures in the currency that the API shows.
 *
 * Throws what `computeFigures` throws.
 *
 * @param at - The point in time, in seconds. What happened later does not count.
 * @param options.defaultCurrency - The currency of a customer who has none yet.
 * @example
 * computeSnapshot(data, 1_769_904_000, { defaultCurrency: 'usd' });
 * // { stripe_id: 'cus_1', currency: 'usd', total_contract_value: 120000, current_mrr: 10000, current_subscription_count: 1 }
 */
export function computeSnapshot(data: CustomerData, at: number, options: { defaultCurrency: string }): Snapshot {
  const view = createView(data, at);
  const currency = findCurrencyShown(view)?.currency ?? options.defaultCurrency;
  const figures = computeViewFigures(view).get(currency) ?? sumFigures([], []);
  const { total_contract_value, current_mrr, current_subscription_count } = figures;
  return { stripe_id: data.id, currency, total_contract_value, current_mrr, current_subscription_count };
}

function computeViewFigures(view: View): ReadonlyMap<string, Figures> {
  const rates = sumBySubscription(computeRates(view).lines);
  const movements = Map.groupBy(listMoneyMovements(view), ({ currency }) => currency);
  const currencies = [...new Set([...rates.keys(), ...movements.keys()])].sort();
  return new Map(
    currencies.map((currency) => {
      const subscriptions = rates.get(currency) ?? new Map<string, Rational>();
      return [currency, sumFigures(subscriptions.values(), movements.get(currency) ?? [])];
    }),
  );
}
