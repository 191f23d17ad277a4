import type { View } from '../view.ts';
import type { SubscriptionLine } from './mrr-lines.ts';

/**
 * Returns a function that finds the subscription item of a line.
 *
 * Source: our decision, "Per subscription item only the newest billing period counts". A line of an invoice item does not
 * name its subscription item. It is the item of the line that it credits, else the only item of the subscription with the
 * same price and period end, else the only item that the same change credits, else the only item of the subscription.
 * Otherwise the price stands for the item.
 */
export function createItemFinder(view: View, lines: readonly SubscriptionLine[]): (line: SubscriptionLine) => string {
  let index: ItemIndex | undefined;
  return (line) => {
    if (line.line.item !== undefined) return line.line.item;
    index ??= createItemIndex(view, lines);
    const { linesById } = index;
    const { subscription } = line;
    return (
      findCreditedItem(linesById, line.line.credits) ??
      findOnly(index.items.get(createKey(subscription, line.line.price, line.line.end))) ??
      findOnly(new Set(listCreditsOfChange(line).flatMap((credits) => findCreditedItem(linesById, credits) ?? []))) ??
      findOnly(index.items.get(createKey(subscription))) ??
      createKey(subscription, line.line.price)
    );
  };
}

interface CreditingLine {
  readonly item: string | undefined;
  readonly credits: readonly string[];
}

interface ItemIndex {
  readonly linesById: ReadonlyMap<string, CreditingLine>;
  readonly items: ReadonlyMap<string, ReadonlySet<string>>;
}

function createItemIndex({ data }: View, lines: readonly SubscriptionLine[]): ItemIndex {
  const items = new Map<string, Set<string>>();
  for (const { subscription, line } of lines) {
    if (line.item === undefined) continue;
    for (const key of [createKey(subscription), createKey(subscription, line.price, line.end)]) {
      const known = items.get(key);
      if (known === undefined) items.set(key, new Set([line.item]));
      else known.add(line.item);
    }
  }
  return { items, linesById: new Map(data.invoices.flatMap(({ lines }) => lines.map((line) => [line.id, line]))) };
}

/** Returns what the other lines of the same change credit: those of the invoice with the same subscription and period. */
function listCreditsOfChange({ invoice, line, subscription }: SubscriptionLine): readonly (readonly string[])[] {
  return invoice.lines
    .filter((other) => other.subscription === subscription && other.start === line.start && other.end === line.end)
    .map(({ credits }) => credits);
}

/** A credited line may itself be a line of an invoice item that credits another line. */
function findCreditedItem(linesById: ItemIndex['linesById'], credits: readonly string[]): string | undefined {
  const seen = new Set(credits);
  for (const id of seen) {
    const line = linesById.get(id);
    if (line?.item !== undefined) return line.item;
    for (const further of line?.credits ?? []) seen.add(further);
  }
  return undefined;
}

function findOnly(items: ReadonlySet<string> | undefined): string | undefined {
  const [item] = items ?? [];
  return items?.size === 1 ? item : undefined;
}

function createKey(...parts: (string | number)[]): string {
  return parts.join(' ');
}
