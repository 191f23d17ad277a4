import type { CreditNoteFacts, InvoiceFacts, RefundFacts } from './facts.ts';
import { Rational } from './rational.ts';
import { isCreditNoteInForce, listCreditNoteReductions } from './rules/credit-notes.ts';
import { listDisputeMovements, listStandingWithdrawals } from './rules/disputes.ts';
import { createRefundReduction, findRefundTimes, isRefundInForce, sumCreditedRefunds } from './rules/refunds.ts';
import { splitByInvoice } from './rules/split-by-invoice.ts';
import { type InvoiceSums, type Reduction, sumInvoice } from './rules/spread.ts';
import type { View } from './view.ts';

/** The reductions of an invoice, and the sums by which they are spread. */
export interface InvoiceReductions {
  readonly reductions: readonly Reduction[];
  readonly sums: InvoiceSums;
}

interface Sources {
  readonly notes: CreditNoteFacts[];
  readonly refunds: { readonly refund: RefundFacts; readonly amount: Rational }[];
  readonly disputes: Reduction[];
}

/** Returns a function that lists the reductions of an invoice that stand at the time of the view. */
export function createReductionFinder(view: View): (invoice: InvoiceFacts) => InvoiceReductions {
  const sources = collectSources(view);
  const found = new Map<string, InvoiceReductions>();
  return (invoice) => {
    const known = found.get(invoice.id);
    if (known !== undefined) return known;
    const sums = sumInvoice(view.data, invoice);
    const { notes = [], refunds = [], disputes = [] } = sources.get(invoice.id) ?? {};
    const reductions = [
      ...notes.flatMap((note) => listCreditNoteReductions(note, invoice)),
      ...refunds.map(({ refund, amount }) => createRefundReduction(refund, amount, sums)),
      ...disputes,
    ];
    const result = { reductions, sums };
    found.set(invoice.id, result);
    return result;
  };
}

function collectSources(view: View): ReadonlyMap<string, Sources> {
  const sources = new Map<string, Sources>();
  function find(invoice: string): Sources {
    const known = sources.get(invoice);
    if (known !== undefined) return known;
    const created: Sources = { notes: [], refunds: [], disputes: [] };
    sources.set(invoice, created);
    return created;
  }

  for (const note of view.data.creditNotes) {
    if (isCreditNoteInForce(note, view.at)) find(note.invoice).notes.push(note);
  }
  const credited = sumCreditedRefunds(view);
  for (const refund of view.data.refunds) {
    if (!isRefundInForce(findRefundTimes(view, refund), view.at)) continue;
    const rest = refund.amount - (credited.get(refund.id) ?? 0);
    if (rest <= 0) continue;
    for (const [invoice, amount] of splitByInvoice(view, refund, Rational.of(rest))) {
      find(invoice).refunds.push({ refund, amount });
    }
  }
  for (const dispute of view.data.disputes) {
    for (const { at, amount } of listStandingWithdrawals(listDisputeMovements(view, dispute))) {
      for (const [invoice, part] of splitByInvoice(view, dispute, Rational.of(amount))) {
        const reduction = {
          rule: 'disputes',
          type: 'dispute',
          id: dispute.id,
          at,
          amount: part,
          lines: 'all',
        } as const;
        find(invoice).disputes.push(reduction);
      }
    }
  }
  return sources;
}
