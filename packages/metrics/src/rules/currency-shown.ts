import type { View } from '../view.ts';
import { listMoneyMovements } from './contract-value.ts';

/** The currency whose figures a snapshot shows, and where it comes from. */
export interface CurrencyShown {
  readonly currency: string;
  readonly from: 'last paid subscription line' | 'last charge' | 'customer';
}

/**
 * Returns the currency whose figures a snapshot shows; undefined if only the default of the account is left.
 *
 * Source: FirstOfficer's published rule 9, "Currencies are never converted and never added up". Our decision: "That of the
 * last paid subscription line, else of the last charge, else `customer.currency`, else the account's default". Lines of 0
 * (a trial) and metered lines count, too. Among lines that were paid at the same time, the later start of the period
 * counts, then the higher ID.
 */
export function findCurrencyShown(view: View): CurrencyShown | undefined {
  const lines = view.paidInvoices.flatMap(({ currency, paidAt = 0, lines }) =>
    lines
      .filter(({ subscription }) => subscription !== undefined)
      .map(({ id, start }) => ({ currency, order: [paidAt, start, id] as const })),
  );
  const line = findLast(lines);
  if (line !== undefined) return { currency: line.currency, from: 'last paid subscription line' };
  const charges = listMoneyMovements(view)
    .filter(({ type, amount }) => type === 'charge' && amount > 0)
    .map(({ currency, at, id }) => ({ currency, order: [at, 0, id] as const }));
  const charge = findLast(charges);
  if (charge !== undefined) return { currency: charge.currency, from: 'last charge' };
  const { currency } = view.data;
  return currency === undefined ? undefined : { currency, from: 'customer' };
}

type Order = readonly [time: number, start: number, id: string];

function findLast<T extends { readonly order: Order }>(values: readonly T[]): T | undefined {
  const [first, ...others] = values;
  if (first === undefined) return undefined;
  return others.reduce((last, value) => (isLater(value.order, last.order) ? value : last), first);
}

function isLater([time, start, id]: Order, [otherTime, otherStart, otherId]: Order): boolean {
  const difference = time - otherTime || start - otherStart;
  return difference === 0 ? id > otherId : difference > 0;
}
