import { Rational } from '../rational.ts';
import type { SubscriptionLine } from './mrr-lines.ts';

/** The part of a reduction that a line bears. */
export interface LineReduction {
  readonly at: number;
  readonly share: Rational;
}

/** 31 days, the longest month, in seconds. */
const LONGEST_MONTH = 31 * 24 * 60 * 60;

/**
 * Returns whether reductions have ended a line.
 *
 * Source: FirstOfficer's published rule 4, "A customer who cancels and gets their money back is lost on the day of the
 * refund". Our decision: "A line ends when its effective net is 0 or less; for periods longer than a month also when the
 * reductions reach the unexpired value less the smaller of one month's MRR and half the unexpired value". The time of each
 * reduction counts, with all reductions until then. A credit has a negative net by nature: it ends when its effective net
 * is 0 or more.
 *
 * @param monthlyRate - The monthly rate of the line without reductions.
 * @param reductions - The reductions that stand at the time asked for.
 */
export function hasLineEnded(
  { line, net }: Pick<SubscriptionLine, 'line'> & { readonly net: Rational },
  monthlyRate: Rational,
  reductions: readonly LineReduction[],
): boolean {
  const effectiveNet = reductions.reduce((sum, { share }) => sum.minus(share), net);
  if (effectiveNet.sign !== net.sign || net.sign === 0) return true;
  const length = line.end - line.start;
  if (length <= LONGEST_MONTH) return false;
  const sorted = reductions.filter(({ share }) => share.sign !== 0).toSorted((a, b) => a.at - b.at);
  let reduced = Rational.ZERO;
  return sorted.some(({ at, share }, index) => {
    reduced = reduced.plus(share);
    // All reductions of a time count together, and after the period nothing is unexpired.
    if (sorted[index + 1]?.at === at || at >= line.end) return false;
    const unexpired = net.times(Rational.of(line.end - Math.max(at, line.start), length)).abs();
    const half = unexpired.times(Rational.of(1, 2));
    const month = monthlyRate.abs();
    return reduced.abs().compare(unexpired.minus(month.compare(half) < 0 ? month : half)) >= 0;
  });
}
