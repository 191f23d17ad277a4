import { Rational } from './rational.ts';
import { createReductionFinder } from './reductions.ts';
import { type BillingPeriod, findNewestPeriods } from './rules/billing-period.ts';
import { computePeriodRatio, type PeriodRatio } from './rules/full-period.ts';
import { findPeriodEnd, findRenewals, isRenewedWithout } from './rules/grace.ts';
import { createItemFinder } from './rules/item-of-line.ts';
import { hasLineEnded } from './rules/line-end.ts';
import { computeLineNet } from './rules/line-net.ts';
import { computeMonthlyFactor } from './rules/monthly-factor.ts';
import { isMrrLine, listSubscriptionLines, type SubscriptionLine } from './rules/mrr-lines.ts';
import { computeShare, type Reduction } from './rules/spread.ts';
import { computeSubscriptionRate } from './rules/subscription-rate.ts';
import type { View } from './view.ts';

/** The monthly rate of a line, with all that it is computed from. */
export interface RatedLine {
  readonly line: SubscriptionLine;
  readonly period: BillingPeriod;
  readonly factor: Rational;
  readonly ratio: PeriodRatio;
  readonly reductions: readonly { readonly reduction: Reduction; readonly share: Rational }[];
  readonly effectiveNet: Rational;
  /** Whether the line has a rate: its effective net is not 0, and no reduction has ended it. */
  readonly isInForce: boolean;
  /** 0 if the line is not in force. */
  readonly rate: Rational;
}

/** The lines that count at the time of a view. */
export interface Rates {
  readonly findItem: (line: SubscriptionLine) => string;
  /** The newest billing period of each subscription item, also if it has expired. */
  readonly periods: ReadonlyMap<string, BillingPeriod>;
  /** The lines of the billing periods that have not expired. */
  readonly lines: readonly RatedLine[];
}

export function computeRates(view: View): Rates {
  const subscriptionLines = view.paidInvoices.flatMap((invoice) => listSubscriptionLines(view.data, invoice));
  const mrrLines = subscriptionLines.filter(isMrrLine);
  const findItem = createItemFinder(view, mrrLines);
  const periods = findNewestPeriods(mrrLines, findItem, view.at);
  const renewals = findRenewals(mrrLines, view.at);
  const findReductions = createReductionFinder(view);
  const lines = [...periods.values()]
    .filter((period) => view.at < findPeriodEnd(period) && !isRenewedWithout(period, renewals))
    .flatMap((period) => period.lines.map((line) => rateLine(line, period, findReductions)));
  return { findItem, periods, lines };
}

function rateLine(
  line: SubscriptionLine,
  period: BillingPeriod,
  findReductions: ReturnType<typeof createReductionFinder>,
): RatedLine {
  const net = Rational.of(computeLineNet(line.line));
  const { reductions: all, sums } = findReductions(line.invoice);
  const reductions = all
    .map((reduction) => ({ reduction, share: computeShare(reduction, line.line, sums) }))
    .filter(({ share }) => share.sign !== 0);
  const effectiveNet = reductions.reduce((rest, { share }) => rest.minus(share), net);
  const factor = computeMonthlyFactor(line.price);
  const ratio = computePeriodRatio(line, period);
  const toMonth = factor.times(ratio.ratio);
  const shares = reductions.map(({ reduction, share }) => ({ at: reduction.at, share }));
  const isInForce = !hasLineEnded({ line: line.line, net }, net.times(toMonth), shares);
  const rate = isInForce ? effectiveNet.times(toMonth) : Rational.ZERO;
  return { line, period, factor, ratio, reductions, effectiveNet, isInForce, rate };
}

/** Returns the rate of each subscription by currency and ID of the subscription. */
export function sumBySubscription(lines: readonly RatedLine[]): ReadonlyMap<string, ReadonlyMap<string, Rational>> {
  const byCurrency = Map.groupBy(lines, ({ line }) => line.invoice.currency);
  return new Map(
    [...byCurrency].map(([currency, linesInCurrency]) => {
      const bySubscription = Map.groupBy(linesInCurrency, ({ line }) => line.subscription);
      const rates = [...bySubscription].map(
        ([id, rated]) => [id, computeSubscriptionRate(rated.map(({ rate }) => rate))] as const,
      );
      return [currency, new Map(rates)];
    }),
  );
}
