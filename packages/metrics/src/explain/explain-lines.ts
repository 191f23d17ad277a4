import type { InvoiceFacts, LineFacts } from '../facts.ts';
import type { RatedLine, Rates } from '../rates.ts';
import { findPeriodEnd } from '../rules/grace.ts';
import { findLineStart, isEverInForce } from '../rules/in-force.ts';
import { computeLineNet } from '../rules/line-net.ts';
import { isMrrLine, listSubscriptionLines, type SubscriptionLine } from '../rules/mrr-lines.ts';
import { hasHappened, type View } from '../view.ts';
import { compareEvents, compareText, type InCurrency, type LineExplanation, type LineRate } from './explanation.ts';

/** Explains why each line of an invoice counts or not, lines in force first. */
export function explainLines(view: View, rates: Rates): InCurrency<LineExplanation>[] {
  const rated = new Map(rates.lines.map((line) => [line.line.line, sortReductions(line)]));
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

/** Sorts the reductions of a line, so that its explanation does not depend on the order of the objects. */
function sortReductions(line: RatedLine): RatedLine {
  const reductions = line.reductions.toSorted(({ reduction: a }, { reduction: b }) => compareEvents(a, b));
  return { ...line, reductions };
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
