type Json = { [member: string]: Json } & { id?: string; object?: string };

/** The members that the rules need, by type of object. Subscriptions are not needed at all. */
const NEEDED: Record<string, string[]> = {
  customer: ['deleted'],
  price: ['billing_scheme', 'currency', 'recurring', 'transform_quantity', 'unit_amount', 'unit_amount_decimal'],
  invoice: [
    'amount_paid_off_stripe',
    'collection_method',
    'created',
    'currency',
    'customer',
    'due_date',
    'lines',
    'status_transitions',
  ],
  invoice_payment: ['amount_paid', 'currency', 'invoice', 'payment', 'status', 'status_transitions'],
  charge: [
    'amount',
    'amount_captured',
    'balance_transaction',
    'captured',
    'created',
    'currency',
    'customer',
    'payment_intent',
    'status',
  ],
  balance_transaction: ['amount', 'created', 'currency', 'exchange_rate', 'type'],
  refund: [
    'amount',
    'charge',
    'created',
    'currency',
    'failure_balance_transaction',
    'payment_intent',
    'reason',
    'status',
  ],
  credit_note: [
    'amount',
    'created',
    'currency',
    'customer',
    'invoice',
    'lines',
    'out_of_band_amount',
    'refunds',
    'voided_at',
  ],
  dispute: ['balance_transactions', 'charge'],
};

/** The amount and the currency of a dispute are needed only if it is settled in another currency. */
function isSettledElsewhere(object: object): boolean {
  const { balance_transactions: movements, currency } = object as {
    balance_transactions?: { currency: string }[];
    currency?: string;
  };
  return movements?.some((movement) => movement.currency !== currency) ?? false;
}

/** Returns the objects without the members that the rules don't need. */
export function withoutUnneeded(objects: object[]): object[] {
  return objects.flatMap((object) => {
    const members = Object.entries(object) as [string, unknown][];
    const needed = NEEDED[String((object as Json).object)];
    if (needed === undefined) return [];
    const names = ['id', 'object', ...needed, ...(isSettledElsewhere(object) ? ['amount', 'currency'] : [])];
    return [Object.fromEntries(members.filter(([name]) => names.includes(name)))];
  });
}

const EXPANDABLE = new Set([
  'balance_transaction',
  'charge',
  'customer',
  'failure_balance_transaction',
  'invoice',
  'price',
  'refund',
]);

/** Returns the objects with the objects that they name instead of their IDs, as the API returns them on request. */
export function withExpanded(objects: object[]): object[] {
  const byId = new Map(objects.map((object) => [(object as Json).id, object]));
  const expand = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(expand);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        EXPANDABLE.has(name) && typeof member === 'string' ? (byId.get(member) ?? member) : expand(member),
      ]),
    );
  };
  return objects.map((object) => expand(object) as object);
}

/** Returns the objects with null instead of empty lists. */
export function withNulls(objects: object[]): object[] {
  return objects.map((object) =>
    JSON.parse(
      JSON.stringify(object, (name, value: unknown) =>
        ['discount_amounts', 'taxes'].includes(name) && Array.isArray(value) && value.length === 0 ? null : value,
      ),
    ),
  );
}
