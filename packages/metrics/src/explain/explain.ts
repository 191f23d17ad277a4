import type { CustomerData } from '../customer-data.ts';
import type { InvoiceFacts } from '../facts.ts';
import { computeRates, sumBySubscription } from '../rates.ts';
import { Rational } from '../rational.ts';
import { createReductionFinder } from '../reductions.ts';
import { findChargeObstacle, listMoneyMovements } from '../rules/contract-value.ts';
import { findCurrencyShown } from '../rules/currency-shown.ts';
import { sumFigures } from '../rules/figures.ts';
import { findRefundObstacle } from '../rules/refunds.ts';
import type { InvoiceSums, Reduction } from '../rules/spread.ts';
import { createView, findCharge, type View } from '../view.ts';
import { explainLines } from './explain-lines.ts';
import {
  compareEvents,
  compareText,
  type Explanation,
  type InCurrency,
  type ReductionExplanation,
  type UncountedPayment,
} from './explanation.ts';

/**
 * Explains the figures of a customer at a point in time: every line and why it counts or not, every reduction, every
 * payment, and the sums. Each names the rule and the ID of the object.
 *
 * Throws what `computeFigures` throws.
 *
 * @param at - The point in time, in seconds. What happened later does not count.
 * @example
 * for (const { lines } of explain(data, 1_769_904_000).currencies) {
 *   for (const { line, isInForce, rule, reason } of lines) console.log(line, isInForce, rule, reason);
 * }
 */
export function explain(data: CustomerData, at: number): Explanation {
  const view = createView(data, at);
  const rates = computeRates(view);
  const lines = explainLines(view, rates);
  const reductions = explainReductions(view);
  const subscriptions = sumBySubscription(rates.lines);
  const movements = listMoneyMovements(view).sort(compareEvents);
  const uncounted = explainUncounted(view);
  const currencies = new Set([...lines, ...reductions, ...movements, ...uncounted].map(({ currency }) => currency));
  return {
    stripe_id: data.id,
    at,
    shown: findCurrencyShown(view),
    currencies: [...currencies].sort().map((currency) => {
      const ratesById = [...(subscriptions.get(currency) ?? [])].map(([subscription, rate]) => ({
        subscription,
        rate,
      }));
      const payments = movements.filter((movement) => movement.currency === currency);
      return {
        currency,
        figures: sumFigures(
          ratesById.map(({ rate }) => rate),
          payments,
        ),
        subscriptions: ratesById.sort((a, b) => compareText(a.subscription, b.subscription)),
        mrr: ratesById.reduce((sum, { rate }) => sum.plus(rate), Rational.ZERO),
        lines: lines.filter((line) => line.currency === currency).map(({ explanation }) => explanation),
        reductions: reductions.filter((part) => part.currency === currency).map(({ explanation }) => explanation),
        payments,
        uncounted: uncounted.filter((part) => part.currency === currency).map(({ explanation }) => explanation),
      };
    }),
  };
}

function explainReductions(view: View): InCurrency<ReductionExplanation>[] {
  const findReductions = createReductionFinder(view);
  return view.paidInvoices
    .flatMap((invoice) => {
      const { reductions, sums } = findReductions(invoice);
      return reductions.map((reduction) => ({
        currency: invoice.currency,
        explanation: explainReduction(reduction, invoice, sums),
      }));
    })
    .sort(({ explanation: a }, { explanation: b }) => compareEvents(a, b));
}

function explainReduction(reduction: Reduction, invoice: InvoiceFacts, sums: InvoiceSums): ReductionExplanation {
  const { rule, type, id, at, amount, lines } = reduction;
  return { rule, type, id, invoice: invoice.id, at, amount, target: describeTarget(lines, sums) };
}

function explainUncounted(view: View): InCurrency<UncountedPayment>[] {
  const charges = view.data.charges.flatMap((charge) => {
    const { type, id, currency, created, amount } = charge;
    const reason = findChargeObstacle(view, charge);
    return reason === undefined ? [] : [{ rule: 'contract-value', type, id, currency, at: created, amount, reason }];
  });
  const refunds = view.data.refunds.flatMap((refund) => {
    const { type, id, created, amount } = refund;
    const reason = findRefundObstacle(view, refund);
    const currency = refund.currency ?? findCharge(view, refund)?.currency ?? '';
    return reason === undefined ? [] : [{ rule: 'refunds', type, id, currency, at: created, amount, reason }];
  });
  return [...charges, ...refunds]
    .filter(({ at, currency }) => at <= view.at && currency !== '')
    .sort(compareEvents)
    .map(({ currency, ...explanation }) => ({ currency, explanation }));
}

function describeTarget(lines: Reduction['lines'], sums: InvoiceSums): string {
  if (lines === 'other') return 'the lines that are not MRR lines';
  if (lines !== 'all') return `line ${lines.id}`;
  return sums.all > 0 ? 'all lines, by their net' : 'all lines with a net above 0';
}
