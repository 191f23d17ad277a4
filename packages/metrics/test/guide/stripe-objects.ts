/**
 * Creates Stripe objects of one customer for tests, with the members that figures depend on. Times are texts in UTC, such
 * as `2026-01-16T12:00`.
 */

export type StripeObject = Readonly<Record<string, unknown>>;

const CUSTOMER = 'cus_1';
const CURRENCY = 'usd';

/** Returns a time as the seconds that Stripe uses. */
export function toSeconds(time: string): number {
  const ms = Date.parse(`${time}${time.includes('T') ? '' : 'T00:00'}Z`);
  if (Number.isNaN(ms)) throw new Error(`${time} is not a time.`);
  return ms / 1000;
}

interface Price {
  readonly id: string;
  readonly unit_amount: number;
  readonly currency: string;
  readonly recurring: StripeObject | null;
}

/** Creates a price for each interval of a subscription. */
export function createPrice(unit_amount: number, interval: string, more: StripeObject = {}): Price {
  const { currency = CURRENCY, ...recurring } = more;
  return {
    id: ['price', unit_amount, interval, ...Object.values(more)].join('_'),
    unit_amount,
    currency: String(currency),
    recurring: { interval, interval_count: 1, usage_type: 'licensed', ...recurring },
  };
}

interface Line extends StripeObject {
  readonly price: Price;
  readonly amount: number;
}

/** Creates an invoice line of a subscription from the beginning to the end of a period. */
export function createLine(price: Price, [start, end]: readonly [string, string], more: StripeObject = {}): Line {
  const { subscription = 'sub_1', item = 'si_1', proration = false, quantity = 1, ...rest } = more;
  return {
    object: 'line_item',
    price,
    amount: price.unit_amount * Number(quantity),
    quantity,
    period: { start: toSeconds(start), end: toSeconds(end) },
    parent: {
      type: 'subscription_item_details',
      subscription_item_details: { subscription, subscription_item: item, proration },
    },
    ...rest,
  };
}

/** Creates an invoice line that belongs to no subscription. */
export function createOtherLine(amount: number, time: string): Line {
  return {
    object: 'line_item',
    price: { id: `price_${amount}_once`, unit_amount: amount, currency: CURRENCY, recurring: null },
    amount,
    quantity: 1,
    period: { start: toSeconds(time), end: toSeconds(time) },
    parent: { type: 'invoice_item_details', invoice_item_details: { subscription: null, proration: false } },
  };
}

interface InvoiceOptions {
  /** When the invoice was created. */
  readonly created: string;
  /** When it was paid. Default: when it was created. Null if it was not paid. */
  readonly paid?: string | null;
  /** How much of it a charge pays. Default: the whole amount, if that is positive. */
  readonly charged?: number;
  /** Further members of the invoice. */
  readonly more?: StripeObject;
}

/** Creates an invoice, its prices, and the charge that pays it. */
export function createInvoice(id: string, lines: readonly Line[], options: InvoiceOptions): StripeObject[] {
  const created = toSeconds(options.created);
  const paid = options.paid === undefined ? created : options.paid && toSeconds(options.paid);
  const currency = lines[0]?.price.currency;
  const charged = options.charged ?? Math.max(0, sum(lines));
  const invoice = {
    object: 'invoice',
    id: `in_${id}`,
    customer: CUSTOMER,
    currency,
    created,
    due_date: null,
    status: paid === null ? 'open' : 'paid',
    collection_method: 'charge_automatically',
    status_transitions: { paid_at: paid },
    lines: {
      object: 'list',
      has_more: false,
      data: lines.map(({ price, ...line }, index) => ({
        id: `il_${id}_${index}`,
        currency,
        discount_amounts: [],
        taxes: [],
        pricing: { type: 'price_details', price_details: { price: price.id }, unit_amount_decimal: null },
        ...line,
      })),
    },
    ...options.more,
  };
  const prices = lines.map(({ price }) => ({ object: 'price', ...price }));
  if (paid === null || charged === 0) return [...prices, invoice];
  const payment = {
    object: 'invoice_payment',
    id: `inpay_${id}`,
    invoice: invoice.id,
    created,
    currency,
    amount_paid: charged,
    payment: { type: 'charge', charge: `ch_${id}` },
    status: 'paid',
    status_transitions: { paid_at: paid },
  };
  return [...prices, invoice, payment, createCharge(id, charged, { created: paid, currency })];
}

function sum(lines: readonly Line[]): number {
  const amounts = lines.flatMap(({ amount, discount_amounts = [], taxes = [] }) => [
    amount,
    ...(discount_amounts as { amount: number }[]).map((discount) => -discount.amount),
    ...(taxes as { amount: number }[]).map((tax) => tax.amount),
  ]);
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Creates a captured charge. */
export function createCharge(id: string, amount: number, more: StripeObject): StripeObject {
  return {
    object: 'charge',
    id: `ch_${id}`,
    customer: CUSTOMER,
    currency: CURRENCY,
    amount,
    amount_captured: amount,
    captured: true,
    paid: true,
    status: 'succeeded',
    balance_transaction: null,
    ...more,
  };
}

/** Creates a refund of a charge. */
export function createRefund(charge: string, amount: number, created: string, more: StripeObject = {}): StripeObject {
  return {
    object: 'refund',
    id: `re_${charge}`,
    charge: `ch_${charge}`,
    amount,
    currency: CURRENCY,
    created: toSeconds(created),
    status: 'succeeded',
    balance_transaction: createBalanceTransaction(`re_${charge}`, -amount, created),
    ...more,
  };
}

/** Creates a movement of the account's balance. */
export function createBalanceTransaction(id: string, amount: number, created: string): StripeObject {
  const seconds = toSeconds(created);
  return { object: 'balance_transaction', id: `txn_${id}`, amount, currency: CURRENCY, created: seconds, fee: 0 };
}

/** Creates a dispute of a charge with the movements that it caused. */
export function createDispute(charge: string, amount: number, movements: readonly StripeObject[]): StripeObject {
  return {
    object: 'dispute',
    id: `du_${charge}`,
    charge: `ch_${charge}`,
    amount,
    currency: CURRENCY,
    created: toSeconds('2026-01-20'),
    balance_transactions: movements,
  };
}

/** Creates a credit note that reduces the first line of an invoice. */
export function createCreditNote(invoice: string, amount: number, created: string, more: StripeObject): StripeObject {
  return {
    object: 'credit_note',
    id: `cn_${invoice}`,
    customer: CUSTOMER,
    invoice: `in_${invoice}`,
    amount,
    currency: CURRENCY,
    created: toSeconds(created),
    status: 'issued',
    voided_at: null,
    out_of_band_amount: null,
    lines: {
      object: 'list',
      has_more: false,
      data: [
        {
          object: 'credit_note_line_item',
          id: `cnli_${invoice}`,
          type: 'invoice_line_item',
          invoice_line_item: `il_${invoice}_0`,
          amount,
          discount_amount: 0,
          taxes: [],
        },
      ],
    },
    refunds: [],
    ...more,
  };
}
