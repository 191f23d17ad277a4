import type { CustomerData } from './customer-data.ts';
import type { InvoiceFacts, LineFacts } from './facts.ts';
import { computeRates, type RatedLine, type Rates, sumBySubscription } from './rates.ts';
import { Rational } from './rational.ts';
import { createReductionFinder } from './reductions.ts';
import { findChargeObstacle, listMoneyMovements, type MoneyMovement } from './rules/contract-value.ts';
import { findCurrencyShown } from './rules/currency-shown.ts';
import { type Figures, sumFigures } from './rules/figures.ts';
import { findPeriodEnd } from './rules/grace.ts';
import { findLineStart, isEverInForce } from './rules/in-force.ts';
import { computeLineNet } from './rules/line-net.ts';
import { isMrrLine, listSubscriptionLines, type SubscriptionLine } from './rules/mrr-lines.ts';
import { findRefundObstacle } from './rules/refunds.ts';
import type { InvoiceSums, Reduction } from './rules/spread.ts';
import { createView, findCharge, hasHappened, type View } from './view.ts';

/**
 * How the figures of a customer come about.
 */
export interface Explanation {
  readonly stripe_id: string;
  /** The point in time, in seconds. */
  readonly at: number;
  /** The currency that the API shows, and where it comes from; undefined if only the account's default is left. */
  readonly shown: { readonly currency: string; readonly from: string } | undefined;
  /** One part for each currency, in the order of their codes. */
  readonly currencies: readonly CurrencyExplanation[];
}

/** How the figures in one currency come about. */
export interface CurrencyExplanation {
  readonly currency: string;
  readonly figures: Figures;
  /** The rate of each subscription whose lines count: the sum of `rate` of its lines, at least 0. */
  readonly subscriptions: readonly { readonly subscription: string; readonly rate: Rational }[];
  /** The exact sum of the rates; `current_mrr` is this sum, rounded. */
  readonly mrr: Rational;
  /** All lines of invoices, those in force first. */
  readonly lines: readonly LineExplanation[];
  /** What credit notes, refunds and disputes take off paid invoices. */
  readonly reductions: readonly ReductionExplanation[];
  /** The money that adds up to `total_contract_value`, oldest first. */
  readonly payments: readonly MoneyMovement[];
  /** The charges and refunds that never count, and why. */
  readonly uncounted: readonly UncountedPayment[];
}

/** Why a line counts, or why it does not. */
export interface LineExplanation {
  readonly invoice: string;
  readonly line: string;
  readonly subscription: string | undefined;
  readonly item: string | undefined;
  readonly price: string | undefined;
  readonly isProration: boolean;
  readonly paidAt: number | undefined;
  /** The period of a line of a subscription. */
  readonly period: { readonly start: number; readonly end: number } | undefined;
  readonly isInForce: boolean;
  /** The name of the rule that decides whether the line is in force. */
  readonly rule: string;
  /** What the rule found, such as "metered price". */
  readonly reason: string;
  readonly amount: number;
  readonly discounts: number;
  /** Exclusive taxes. */
  readonly taxes: number;
  /** amount − discounts + taxes. */
  readonly net: number;
  /** How the monthly rate is computed; undefined for a line whose billing period does not count. */
  readonly rate: LineRate | undefined;
}

/** rate = (net − shares of the reductions) × factor × ratio, or 0 if the line is not in force. */
export interface LineRate {
  readonly reductions: readonly LineShare[];
  readonly effectiveNet: Rational;
  readonly factor: Rational;
  readonly ratio: Rational;
  readonly ratioFrom: string;
  readonly rate: Rational;
}

/** What a reduction takes off one line. */
export interface LineShare {
  readonly rule: string;
  readonly type: string;
  readonly id: string;
  readonly at: number;
  readonly share: Rational;
}

/** A charge or refund that never counts. */
export interface UncountedPayment {
  readonly rule: string;
  readonly type: 'charge' | 'refund';
  readonly id: string;
  readonly at: number;
  readonly amount: number;
  readonly reason: string;
}

/** What a credit note, refund or dispute takes off an invoice. */
export interface ReductionExplanation {
  readonly rule: string;
  readonly type: string;
  readonly id: string;
  readonly invoice: string;
  readonly at: number;
  readonly amount: Rational;
  /** What it reduces, such as "all lines". */
  readonly target: string;
}

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
  const movements = listMoneyMovements(view).sort((a, b) => a.at - b.at || compareText(a.id, b.id));
  const uncounted = explainUncounted(view);
  const currencies = new Set([...lines, ...reductions, ...movements, ...uncounted].map(({ currency }) => currency));
  const shown = findCurrencyShown(view, '');
  return {
    stripe_id: data.id,
    at,
    shown: shown.currency === '' ? undefined : shown,
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

interface InCurrency<T> {
  readonly currency: string;
  readonly explanation: T;
}

function explainLines(view: View, rates: Rates): InCurrency<LineExplanation>[] {
  const rated = new Map(rates.lines.map((line) => [line.line.line, line]));
  return view.data.invoices
    .flatMap((invoice) => {
      const isPaid = hasHappened(invoice.paidAt, view.at);
      const paidLines = isPaid ? listSubscriptionLines(view.data, invoice) : [];
      const subscriptionLines = new Map(paidLines.map((line) => [line.line, line]));
      return invoice.lines.map((line) => {
        const subscriptionLine = subscriptionLines.get(line);
        const explanation = explainLine({ view, rates, invoice, line, subscriptionLine, rated: rated.get(line) });
        return { currency: invoice.currency, explanation };
      });
    })
    .sort(
      ({ explanation: a }, { explanation: b }) =>
        Number(b.isInForce) - Number(a.isInForce) ||
        (a.paidAt ?? 0) - (b.paidAt ?? 0) ||
        compareText(a.invoice, b.invoice) ||
        compareText(a.line, b.line),
    );
}

interface LineContext {
  readonly view: View;
  readonly rates: Rates;
  readonly invoice: InvoiceFacts;
  readonly line: LineFacts;
  readonly subscriptionLine: SubscriptionLine | undefined;
  readonly rated: RatedLine | undefined;
}

function explainLine(context: LineContext): LineExplanation {
  const { view, rates, invoice, line, subscriptionLine, rated } = context;
  const { isInForce, rule, reason } = decide(context);
  return {
    invoice: invoice.id,
    line: line.id,
    subscription: line.subscription,
    item: subscriptionLine ? rates.findItem(subscriptionLine) : line.item,
    price: line.price === '' ? undefined : line.price,
    isProration: line.isProration,
    paidAt: hasHappened(invoice.paidAt, view.at) ? invoice.paidAt : undefined,
    period: line.subscription === undefined ? undefined : { start: line.start, end: line.end },
    isInForce,
    rule,
    reason,
    amount: line.amount,
    discounts: line.discounts,
    taxes: line.taxes,
    net: computeLineNet(line),
    rate: rated && explainRate(rated),
  };
}

function explainRate({ reductions, effectiveNet, factor, ratio, rate }: RatedLine): LineRate {
  return {
    reductions: reductions.map(({ reduction: { rule, type, id, at }, share }) => ({ rule, type, id, at, share })),
    effectiveNet,
    factor,
    ratio: ratio.ratio,
    ratioFrom: ratio.from,
    rate,
  };
}

interface Decision {
  readonly isInForce: boolean;
  readonly rule: string;
  readonly reason: string;
}

function decide({ view, rates, invoice, subscriptionLine, rated }: LineContext): Decision {
  const { at } = view;
  if (rated !== undefined) return decideRated(rated, at);
  if (!hasHappened(invoice.paidAt, at)) return out('mrr-lines', 'the invoice is not paid');
  if (subscriptionLine === undefined) return out('mrr-lines', 'the line does not belong to a subscription');
  if (!isMrrLine(subscriptionLine)) {
    return out('mrr-lines', subscriptionLine.price.isMetered ? 'metered price' : 'the price is not recurring');
  }
  if (findLineStart(subscriptionLine) > at) return out('in-force', 'the period has not begun');
  if (!isEverInForce(subscriptionLine)) return out('in-force', 'paid after the end of its period');
  const newest = rates.periods.get(rates.findItem(subscriptionLine));
  if (newest !== undefined && newest.end !== subscriptionLine.line.end) {
    return out('billing-period', 'the item has a newer billing period');
  }
  return newest !== undefined && at < findPeriodEnd(newest)
    ? out('grace', 'the subscription was renewed without this item')
    : out('grace', 'the period and its grace are over');
}

function decideRated({ line, period, isInForce, reductions }: RatedLine, at: number): Decision {
  if (isInForce) {
    if (at < line.line.end) return { isInForce, rule: 'in-force', reason: 'paid, and in its period' };
    const until = new Date(findPeriodEnd(period) * 1000).toISOString().replace('.000Z', 'Z');
    return { isInForce, rule: 'grace', reason: `in the grace after its period, until ${until}` };
  }
  if (computeLineNet(line.line) === 0)
    return out('line-end', 'the net is 0, as in a trial or with a discount of 100 %');
  return out('line-end', `ended by ${[...new Set(reductions.map(({ reduction }) => reduction.id))].join(', ')}`);
}

function out(rule: string, reason: string): Decision {
  return { isInForce: false, rule, reason };
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
    .sort(({ explanation: a }, { explanation: b }) => a.at - b.at || compareText(a.id, b.id));
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
    .sort((a, b) => a.at - b.at || compareText(a.id, b.id))
    .map(({ currency, ...explanation }) => ({ currency, explanation }));
}

function describeTarget(lines: Reduction['lines'], sums: InvoiceSums): string {
  if (lines === 'other') return 'the lines that are not MRR lines';
  if (lines !== 'all') return `line ${lines.id}`;
  return sums.all > 0 ? 'all lines, by their net' : 'all lines with a net above 0';
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
