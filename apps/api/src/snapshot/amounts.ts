import { formatDecimal } from '@firstofficer/common/currency';
import { Rational } from '@firstofficer/metrics';
import { alignDecimals, alignRight } from './layout.ts';

/** Formats an amount exactly, or with two further decimals. */
export function formatAmount(amount: Rational, currency: string): string {
  if (amount.d === 1n) return formatDecimal(amount.n, currency);
  return formatDecimal(amount.times(Rational.of(100)).round(), currency, 2);
}

/** A row of a sum. */
export interface Entry {
  readonly amount: Rational;
  readonly text: string;
}

interface SumOptions {
  readonly currency: string;
  readonly sum: string;
  /** What follows the sum in the last row. */
  readonly text: string;
  readonly indent: number;
}

/** Formats amounts below each other, a rule, and their sum. */
export function formatSum(entries: readonly Entry[], { currency, sum, text, indent }: SumOptions): string[] {
  const space = ' '.repeat(indent);
  if (entries.length === 0) return [`${space}${sum} ${text}`];
  const rows = alignRight(alignDecimals([...entries.map(({ amount }) => formatAmount(amount, currency)), sum]));
  return rows.flatMap((amount, index) => {
    const entry = entries[index];
    return entry
      ? [`${space}${amount}  ${entry.text}`]
      : [space + '-'.repeat(amount.length), `${space}${amount} ${text}`];
  });
}

/** Formats amounts below each other. */
export function formatAmounts(
  entries: readonly Entry[],
  { currency, indent }: Pick<SumOptions, 'currency' | 'indent'>,
): string[] {
  const amounts = alignRight(alignDecimals(entries.map(({ amount }) => formatAmount(amount, currency))));
  return entries.map(({ text }, index) => `${' '.repeat(indent)}${amounts[index]}  ${text}`);
}
