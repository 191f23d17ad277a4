import type { Rational } from '../rational.ts';
import type { MoneyMovement } from '../rules/contract-value.ts';
import type { Figures } from '../rules/figures.ts';

/**
 * How the figures of a customer are computed.
 *
 * @example
 * const { shown, currencies }: Explanation = explain(data, 1_769_904_000);
 * console.log(shown?.currency, currencies.length);
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

/**
 * How the figures in one currency are computed.
 *
 * @example
 * const [part] = explain(data, 1_769_904_000).currencies;
 * console.log(part?.figures.current_mrr, part?.mrr.toString()); // 100 '1199/12'
 */
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

/**
 * A line of an invoice, and why it counts or not. Times are in seconds, and amounts in the smallest unit of the currency.
 *
 * @example
 * const printLine = ({ line, isInForce, rule, reason }: LineExplanation) => console.log(line, isInForce, rule, reason);
 */
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

/**
 * How the monthly rate of a line is computed: rate = (net − shares of the reductions) × factor × ratio, or 0 if the line is
 * not in force.
 *
 * @example
 * const printRate = ({ effectiveNet, factor, ratio, rate }: LineRate) =>
 *   console.log(`${effectiveNet} × ${factor} × ${ratio} = ${rate}`);
 */
export interface LineRate {
  readonly reductions: readonly LineShare[];
  /** The net of the line without the shares of the reductions. */
  readonly effectiveNet: Rational;
  /** The factor from the interval of the price to a month, such as 1/12 for a year. */
  readonly factor: Rational;
  /** How many times the full billing period is the period of the line. */
  readonly ratio: Rational;
  /** How the ratio was found, such as "list price". */
  readonly ratioFrom: string;
  readonly rate: Rational;
}

/**
 * What a credit note, refund or dispute takes off one line.
 *
 * @example
 * const printShare = ({ type, id, share }: LineShare) => console.log(type, id, share.toString());
 */
export interface LineShare {
  readonly rule: string;
  readonly type: string;
  readonly id: string;
  readonly at: number;
  readonly share: Rational;
}

/**
 * A charge or refund that never counts, and why.
 *
 * @example
 * const printUncounted = ({ type, id, reason }: UncountedPayment) => console.log(type, id, reason);
 */
export interface UncountedPayment {
  readonly rule: string;
  readonly type: 'charge' | 'refund';
  readonly id: string;
  readonly at: number;
  readonly amount: number;
  readonly reason: string;
}

/**
 * What a credit note, refund or dispute takes off an invoice.
 *
 * @example
 * const printReduction = ({ type, id, amount, target }: ReductionExplanation) =>
 *   console.log(type, id, amount.toString(), target);
 */
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

/** A part of an explanation, and the currency to which it belongs. */
export interface InCurrency<T> {
  readonly currency: string;
  readonly explanation: T;
}

/** Orders what happened by its time, and what happened at the same time by its ID. */
export function compareEvents(a: Event, b: Event): number {
  return a.at - b.at || compareText(a.id, b.id);
}

interface Event {
  readonly at: number;
  readonly id: string;
}

/** Orders texts by their code units, so that the order does not depend on the language of the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
