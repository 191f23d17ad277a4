import type { LineFacts, PriceFacts } from '../facts.ts';
import { Rational } from '../rational.ts';
import type { BillingPeriod } from './billing-period.ts';
import type { SubscriptionLine } from './mrr-lines.ts';

/** How many times the full period is the period of a line, and how this was found. */
export interface PeriodRatio {
  readonly ratio: Rational;
  readonly from: 'full period' | 'list price' | 'length of the period';
}

/**
 * Returns how many times the full billing period is the period of a line.
 *
 * Source: our decision, "Stripe does not say what the full period of a prorated line is: try the calendar starts that end
 * at the line's end (an anchor on the 29th to 31st is ambiguous after a short month) and take the one for which unit
 * amount × quantity × share is the line's amount ± 1; then use the list price exactly". A last period that was shortened
 * matches a calendar end of its start instead. If none matches (tiers, or a discount that the amount includes), the start
 * of the regular line of the same billing period counts, else the first calendar start.
 */
export function computePeriodRatio(
  { line, price, invoice }: SubscriptionLine,
  period: Pick<BillingPeriod, 'lines'>,
): PeriodRatio {
  const starts = listCalendarTimes(line.end, -1, price);
  const isFullPeriod = starts.includes(line.start);
  if (line.amount === 0 || (isFullPeriod && !line.isProration)) return { ratio: Rational.ONE, from: 'full period' };
  const listAmount = computeListAmount(line, price, invoice.currency);
  const amount = Rational.of(line.amount).abs();
  const lengths = [
    ...starts.map((start) => line.end - start),
    ...listCalendarTimes(line.start, 1, price).map((end) => end - line.start),
  ];
  if (listAmount !== undefined && lengths.some((length) => isAmountOfShare(listAmount, line, length))) {
    return { ratio: listAmount.dividedBy(amount), from: 'list price' };
  }
  if (isFullPeriod || line.end <= line.start) return { ratio: Rational.ONE, from: 'full period' };
  const regular = period.lines.find((other) => !other.line.isProration && starts.includes(other.line.start));
  const [first = line.start] = regular === undefined ? starts : [regular.line.start];
  return { ratio: Rational.of(line.end - first, line.end - line.start), from: 'length of the period' };
}

function isAmountOfShare(listAmount: Rational, line: LineFacts, length: number): boolean {
  const share = Rational.of(line.end - line.start, length);
  const difference = listAmount.times(share).minus(Rational.of(line.amount).abs()).abs();
  return difference.compare(Rational.ONE) <= 0;
}

/**
 * Returns the unit amount × quantity. If the unit amount in the currency of the line is unknown, that of the price is
 * tried: many prices have the same number in all currencies.
 */
function computeListAmount(line: LineFacts, price: PriceFacts, currency: string): Rational | undefined {
  const unitAmount = price.unitAmounts[currency] ?? line.unitAmount ?? price.unitAmount;
  if (unitAmount === undefined) return undefined;
  const listAmount = Rational.parse(unitAmount).times(countUnits(line, price)).abs();
  return listAmount.sign === 0 ? undefined : listAmount;
}

function countUnits({ quantity }: LineFacts, { packages }: PriceFacts): Rational {
  const units = Rational.parse(quantity);
  if (packages === undefined) return units;
  const { n, d } = units.dividedBy(Rational.of(packages.size));
  return Rational.of(packages.isRoundedUp ? (n + d - 1n) / d : n / d);
}

/**
 * Returns the times at which a billing period can have begun that ends at the given time (direction -1), or can end that
 * begins at this time (direction 1). All calendars are in UTC.
 */
function listCalendarTimes(time: number, direction: 1 | -1, { interval, intervalCount }: PriceFacts): number[] {
  if (interval === 'day') return [time + direction * intervalCount * DAY];
  if (interval === 'week') return [time + direction * 7 * intervalCount * DAY];
  const date = new Date(time * 1000);
  const day = date.getUTCDate();
  const months = direction * intervalCount * (interval === 'year' ? 12 : 1);
  const times = [addMonths(date, months, day)];
  if (day === countDays(date.getUTCFullYear(), date.getUTCMonth())) {
    for (let anchor = day + 1; anchor <= 31; anchor++) times.push(addMonths(date, months, anchor));
  }
  return [...new Set(times)];
}

/** 24 hours, in seconds. */
const DAY = 24 * 60 * 60;

function addMonths(date: Date, months: number, anchor: number): number {
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const midnight = Date.UTC(year, date.getUTCMonth(), date.getUTCDate());
  return (Date.UTC(year, month, Math.min(anchor, countDays(year, month))) + (date.getTime() - midnight)) / 1000;
}

function countDays(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}
