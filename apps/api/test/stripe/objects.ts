/** 1 January 2026, in seconds since 1970. */
export const JANUARY = Date.UTC(2026, 0, 1) / 1_000;
/** 1 February 2026, in seconds since 1970. */
export const FEBRUARY = Date.UTC(2026, 1, 1) / 1_000;
/** When the requests of the tests began, in milliseconds since 1970. */
export const FETCHED = Date.UTC(2026, 0, 15);

type Changes = Readonly<Record<string, unknown>>;

/** Returns a customer as Stripe's API returns it. */
export function createStripeCustomer(id: string, changes: Changes = {}): Changes {
  return {
    id,
    object: 'customer',
    created: JANUARY,
    currency: null,
    email: null,
    metadata: {},
    livemode: true,
    ...changes,
  };
}

/** Returns a price of 100.00 USD a month. */
export function createPrice(id = 'price_month', changes: Changes = {}): Changes {
  const recurring = { interval: 'month', interval_count: 1, usage_type: 'licensed' };
  return { id, object: 'price', created: JANUARY, currency: 'usd', unit_amount: 10_000, recurring, ...changes };
}

/** Returns a line of 100.00 USD for January, of the subscription that the invoice is for. */
export function createLine(invoice: string, changes: Changes = {}): Changes {
  return {
    id: `il_${invoice}`,
    object: 'line_item',
    amount: 10_000,
    discount_amounts: [],
    parent: {
      type: 'subscription_item_details',
      subscription_item_details: {
        proration: false,
        subscription: `sub_${invoice}`,
        subscription_item: `si_${invoice}`,
      },
    },
    period: { start: JANUARY, end: FEBRUARY },
    pricing: { type: 'price_details', price_details: { price: 'price_month' }, unit_amount_decimal: '10000' },
    quantity: 1,
    taxes: [],
    ...changes,
  };
}

/** Returns a paid invoice of a subscription in January, and its payment. */
export function createInvoice(id: string, customer: string, changes: Changes = {}): Changes {
  return {
    id,
    object: 'invoice',
    created: JANUARY,
    currency: 'usd',
    customer,
    lines: { object: 'list', data: [createLine(id)], has_more: false },
    payments: { object: 'list', data: [createPayment(id)], has_more: false },
    status: 'paid',
    status_transitions: { paid_at: JANUARY },
    ...changes,
  };
}

/** Returns the payment of an invoice. */
export function createPayment(invoice: string, changes: Changes = {}): Changes {
  return {
    id: `inpay_${invoice}`,
    object: 'invoice_payment',
    amount_paid: 10_000,
    created: JANUARY,
    currency: 'usd',
    invoice,
    payment: { type: 'payment_intent', payment_intent: `pi_${invoice}` },
    status: 'paid',
    status_transitions: { paid_at: JANUARY },
    ...changes,
  };
}

/** Returns the charge that paid an invoice. */
export function createCharge(invoice: string, customer: string | null, changes: Changes = {}): Changes {
  return {
    id: `ch_${invoice}`,
    object: 'charge',
    amount: 10_000,
    amount_captured: 10_000,
    captured: true,
    created: JANUARY,
    currency: 'usd',
    customer,
    payment_intent: `pi_${invoice}`,
    status: 'succeeded',
    ...changes,
  };
}

/** Returns a refund of 10.00 USD of the charge of an invoice. */
export function createRefund(invoice: string, changes: Changes = {}): Changes {
  return {
    id: `re_${invoice}`,
    object: 'refund',
    amount: 1_000,
    charge: `ch_${invoice}`,
    created: JANUARY + 86_400,
    currency: 'usd',
    payment_intent: `pi_${invoice}`,
    status: 'succeeded',
    ...changes,
  };
}
