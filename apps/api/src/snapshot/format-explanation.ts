import { formatDecimal } from '@firstofficer/common/currency';
import {
  type CurrencyExplanation,
  type CustomerData,
  explain,
  type Figures,
  type LineExplanation,
  type LineRate,
  type MoneyMovement,
  Rational,
  type ReductionExplanation,
  type UncountedPayment,
} from '@firstofficer/metrics';
import { escapeText, formatTable } from '../commands/format.ts';
import { type Entry, formatAmount, formatAmounts, formatSum } from './amounts.ts';
import { alignDecimals, alignRight, placeAtRight, wrap } from './layout.ts';

/** What to explain. */
export interface ExplanationOptions {
  readonly at: number;
  /** Whether to explain the figures in all currencies, instead of only those in the currency that the API shows. */
  readonly byCurrency?: true;
  readonly defaultCurrency: string;
}

/** Explains the figures of a customer for a terminal with 80 columns: lines, reductions, payments and their sums. */
export function formatExplanation(data: CustomerData, { at, byCurrency, defaultCurrency }: ExplanationOptions): string {
  const { stripe_id, shown, currencies } = explain(data, at);
  const { currency, from } = shown ?? { currency: defaultCurrency, from: 'default of the account' };
  const explained = currencies.filter((part) => byCurrency || part.currency === currency);
  const others = currencies.filter((part) => !explained.includes(part)).map((part) => part.currency);
  return [
    `Customer ${stripe_id} at ${formatTime(at)} UTC`,
    `Currency shown by the API: ${currency} (${from})`,
    ...(others.length > 0 ? [`Other currencies: ${others.join(', ')}. --by-currency explains them as well.`] : []),
    ...(explained.length === 0 ? ['', 'There is nothing to explain: no invoice and no payment.'] : []),
    ...explained.flatMap(formatCurrency),
  ]
    .map((line) => escapeText(line.trimEnd()))
    .join('\n');
}

function formatCurrency(part: CurrencyExplanation): string[] {
  const { currency, figures } = part;
  return [
    '',
    `Figures in ${currency}`,
    '',
    ...formatFigures(figures, currency),
    ...formatMrr(part),
    ...formatOtherLines(part),
    ...formatReductions(part),
    ...formatPayments(part),
  ];
}

function formatFigures({ current_mrr, current_subscription_count, total_contract_value }: Figures, currency: string) {
  const rows = [
    ['current_mrr', formatDecimal(current_mrr, currency)],
    ['current_subscription_count', String(current_subscription_count)],
    ['total_contract_value', formatDecimal(total_contract_value, currency)],
  ] as const;
  const width = Math.max(...rows.map(([, value]) => value.length));
  return rows.map(([name, value]) => `  ${name.padEnd(26)}  ${value.padStart(width)}`);
}

/** Formats the lines in force of each subscription, and the sum of their rates. */
function formatMrr({ currency, subscriptions, lines, mrr, figures }: CurrencyExplanation): string[] {
  const counted = subscriptions.map(({ subscription, rate }) => ({
    subscription,
    rate,
    lines: lines.filter((line) => line.isInForce && line.subscription === subscription),
  }));
  const shown = counted.filter((part) => part.lines.length > 0);
  if (shown.length === 0) return ['', 'MRR: no line is in force'];
  const rounded = formatDecimal(figures.current_mrr, currency);
  const [sum = '', alignedRounded = '', ...rates] = alignDecimals([
    formatAmount(mrr, currency),
    rounded,
    ...shown.map(({ rate }) => formatAmount(rate, currency)),
  ]);
  return [
    '',
    'MRR',
    ...shown.flatMap(({ subscription, rate, lines }, index) => [
      '',
      placeAtRight(`  Subscription ${subscription}`, rates[index] ?? ''),
      ...lines.flatMap((line, at) => [...(at > 0 ? [''] : []), ...formatLine(line, currency)]),
      ...(rate.sign === 0 ? ['    The rate of a subscription is never below 0.'] : []),
    ]),
    ...(shown.length > 1 || sum !== alignedRounded ? ['', placeAtRight('  Sum', sum)] : []),
    ...(sum === alignedRounded ? [] : [placeAtRight('  Rounded once', alignedRounded)]),
  ];
}

function formatLine(line: LineExplanation, currency: string): string[] {
  const { rate, period, paidAt } = line;
  if (!rate || !period || paidAt === undefined) return [];
  const entries = [
    { amount: Rational.of(line.amount), text: line.isProration ? 'amount of the change' : 'amount' },
    { amount: Rational.of(-line.discounts), text: 'discounts' },
    { amount: Rational.of(line.taxes), text: 'taxes that the amount does not include' },
    ...rate.reductions.map(({ type, id, at, share }) => ({
      amount: Rational.ZERO.minus(share),
      text: `${nameType(type)} ${id}, ${formatTime(at)}`,
    })),
  ].filter(({ amount }) => amount.sign !== 0);
  return [
    ...wrap(`Line ${line.line} of invoice ${line.invoice}`, 4),
    ...wrap(`paid ${formatTime(paidAt)}, period ${formatTime(period.start)} to ${formatTime(period.end)}`, 4),
    ...(line.rule === 'grace' ? wrap(line.reason, 4) : []),
    ...formatSum(entries.length > 1 ? entries : [], {
      currency,
      sum: formatAmount(rate.effectiveNet, currency),
      text: formatRate(line, rate, currency),
      indent: 4,
    }),
  ];
}

/** Formats the computation of a monthly rate from the net of a line, such as `÷ 36 = 100.00 a month`. */
function formatRate(line: LineExplanation, rate: LineRate, currency: string): string {
  const steps = [...formatFactor(rate.factor), ...formatRatio(line, rate, currency)];
  if (steps.length === 0) return 'a month';
  const note = rate.ratioFrom === 'list price' && rate.ratio.compare(Rational.ONE) !== 0 ? ' (list price)' : '';
  return `${steps.join(' ')} = ${formatAmount(rate.rate, currency)} a month${note}`;
}

/** Weeks and days of a year, which the factor of a week and of a day contains. */
const PERIODS_OF_A_YEAR = [52n, 365n];

/** Formats the factor of a month without reducing it: 52 ÷ 12 for a week, not 13 ÷ 3. */
function formatFactor({ n, d }: Rational): string[] {
  const year = n === 1n ? undefined : PERIODS_OF_A_YEAR.find((periods) => periods % n === 0n);
  const scale = year === undefined ? 1n : year / n;
  return formatFraction(n * scale, d * scale);
}

function formatFraction(n: bigint | string, d: bigint | string): string[] {
  return [...(n === 1n ? [] : [`× ${n}`]), ...(d === 1n ? [] : [`÷ ${d}`])];
}

/** Formats how many times the full billing period is the period of a line. */
function formatRatio({ amount, period }: LineExplanation, { ratio, ratioFrom }: LineRate, currency: string): string[] {
  if (ratio.compare(Rational.ONE) === 0) return [];
  const part = Rational.of(amount).abs();
  if (ratioFrom === 'list price')
    return formatFraction(formatAmount(part.times(ratio), currency), formatAmount(part, currency));
  const length = period === undefined ? Rational.ONE : Rational.of(period.end - period.start, DAY);
  return formatFraction(`${formatDays(length.times(ratio))} days`, `${formatDays(length)} days`);
}

const DAY = 86_400;

function formatDays(days: Rational): string {
  return String(Number((Number(days.n) / Number(days.d)).toFixed(3)));
}

/** Formats the lines of invoices that do not count, by the reason. */
function formatOtherLines({ currency, lines }: CurrencyExplanation): string[] {
  const groups = Map.groupBy(
    lines.filter((line) => !line.isInForce),
    ({ reason, rule }) => `${reason} (${rule})`,
  );
  if (groups.size === 0) return [];
  return [
    '',
    'Lines that do not count for MRR',
    ...[...groups].flatMap(([reason, group]) => {
      const [head = '', ...nets] = alignRight(['net', ...group.map(({ net }) => formatDecimal(net, currency))]);
      const rows = group.map(({ period, paidAt, invoice, line }, index) => [
        formatDay(period?.start ?? paidAt),
        nets[index] ?? '',
        invoice,
        line,
      ]);
      const table = formatTable(['from', head, 'invoice', 'line'], rows);
      return ['', ...wrap(capitalize(reason), 2), ...table.split('\n').map((row) => `  ${row}`)];
    }),
  ];
}

function formatReductions({ currency, reductions }: CurrencyExplanation): string[] {
  if (reductions.length === 0) return [];
  return [
    '',
    'Reductions of paid invoices',
    '',
    ...reductions.flatMap(({ at, amount, type, id, invoice, target }: ReductionExplanation) => [
      ...wrap(`${formatTime(at)}  ${formatAmount(Rational.ZERO.minus(amount), currency)}  ${nameType(type)} ${id}`, 2),
      ...wrap(`of invoice ${invoice}: ${target}`, 4),
    ]),
  ];
}

/** Formats the money that adds up to the contract value, and payments that never count. */
function formatPayments({ currency, payments, uncounted, figures }: CurrencyExplanation): string[] {
  const counted = describePayments(payments);
  const others = describePayments(uncounted);
  return [
    ...(payments.length === 0
      ? []
      : [
          '',
          'Contract value',
          '',
          ...formatSum(counted.entries, {
            currency,
            sum: formatDecimal(figures.total_contract_value, currency),
            text: ' total_contract_value',
            indent: 2,
          }),
          '',
          ...counted.notes,
        ]),
    ...(uncounted.length === 0
      ? []
      : [
          '',
          'Payments that do not count',
          '',
          ...formatAmounts(others.entries, { currency, indent: 2 }),
          '',
          ...others.notes,
        ]),
  ];
}

/** Describes payments. The reasons are notes, because many payments share them. */
function describePayments(payments: readonly (MoneyMovement | UncountedPayment)[]): {
  entries: Entry[];
  notes: string[];
} {
  const reasons = [...new Set(payments.map(({ reason }) => reason))];
  const width = payments.reduce((longest, { at }) => Math.max(longest, formatTime(at).length), 0);
  const entries = payments.map(({ at, amount, type, id, reason }) => ({
    amount: Rational.of(amount),
    text: `${formatTime(at).padEnd(width)}  ${nameType(type)} ${id} [${reasons.indexOf(reason) + 1}]`,
  }));
  return { entries, notes: reasons.flatMap((reason, index) => wrap(`[${index + 1}] ${reason}`, 2)) };
}

function nameType(type: string): string {
  return type.replaceAll('_', ' ');
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function formatTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  // No date is that far away.
  if (Number.isNaN(date.getTime())) return `${seconds} s`;
  const time = date.toISOString();
  const [, day = '', clock = ''] = /^(.*)T(.*)\.000Z$/.exec(time) ?? [];
  return clock === '00:00:00' ? day : `${day} ${clock.replace(/:00$/, '')}`;
}

function formatDay(seconds: number | undefined): string {
  return seconds === undefined ? '–' : formatTime(seconds).slice(0, 10);
}
