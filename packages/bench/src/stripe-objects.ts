// The objects have all members that the Stripe API returns, so that they have the size that they have in reality.

const DAY = 86_400;
const PRICES = { day: 200, month: 4900, year: 49_000 } as const;

/** How often a customer pays. There is one price for each interval. */
export type Interval = keyof typeof PRICES;

export const INTERVALS = Object.keys(PRICES) as Interval[];

/** The subscription of a customer. */
export interface Subscription {
  /** The end of the IDs of all objects of the subscription: 14 letters and digits. */
  readonly key: string;
  /** The ID of the customer. */
  readonly customer: string;
  readonly email: string;
  /** The customer's ID in the metadata. */
  readonly userId: string;
  readonly interval: Interval;
  readonly quantity: number;
  /** When the customer and the subscription were created, in seconds. */
  readonly created: number;
}

/** A billing period of a subscription, in seconds. */
export interface Period {
  /** 0 for the first period. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** Returns the key of a subscription. */
export function createKey(number: number): string {
  return number.toString(36).padStart(14, '0');
}

/** The length of most IDs of Stripe, without their prefix. */
const ID_LENGTH = 24;

/** Returns the end of an ID, which has the length of the IDs of Stripe, because they take much of the memory. */
function createSuffix(key: string, number = 0): string {
  return key + number.toString(36).padStart(ID_LENGTH - key.length, '0');
}

/** Creates a monthly, annual or daily price. */
export function createPrice(interval: Interval, created: number) {
  return {
    id: `price_${createSuffix(interval)}`,
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created,
    currency: 'usd',
    custom_unit_amount: null,
    livemode: true,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: 'prod_1',
    recurring: { interval, interval_count: 1, meter: null, trial_period_days: null, usage_type: 'licensed' },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: PRICES[interval],
    unit_amount_decimal: String(PRICES[interval]),
  };
}

/** Creates the customer of a subscription. */
export function createCustomer({ key, customer, email, userId, created }: Subscription) {
  return {
    id: customer,
    object: 'customer',
    address: null,
    balance: 0,
    created,
    currency: 'usd',
    default_source: null,
    delinquent: false,
    description: null,
    email,
    invoice_prefix: key.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: `pm_${createSuffix(key)}`,
      footer: null,
      rendering_options: null,
    },
    livemode: true,
    metadata: { user_id: userId },
    name: `Customer ${key}`,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}

/** Creates a subscription with one item. */
export function createSubscription({ key, customer, interval, quantity, created }: Subscription) {
  return {
    id: `sub_${createSuffix(key)}`,
    object: 'subscription',
    application: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: created,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    collection_method: 'charge_automatically',
    created,
    currency: 'usd',
    customer,
    days_until_due: null,
    default_payment_method: null,
    discounts: [],
    ended_at: null,
    items: {
      object: 'list',
      data: [
        {
          id: `si_${key}`,
          object: 'subscription_item',
          created,
          discounts: [],
          metadata: {},
          price: createPrice(interval, created),
          quantity,
          subscription: `sub_${createSuffix(key)}`,
          tax_rates: [],
        },
      ],
      has_more: false,
      url: `/v1/subscription_items?subscription=sub_${createSuffix(key)}`,
    },
    livemode: true,
    metadata: {},
    start_date: created,
    status: 'active',
    test_clock: null,
    trial_end: null,
    trial_start: null,
  };
}

/** Creates a paid invoice with its invoice payment and its charge. */
export function createInvoice(subscription: Subscription, { index, start, end }: Period) {
  const { key, customer, email, interval, quantity } = subscription;
  const amount = PRICES[interval] * quantity;
  const suffix = createSuffix(key, index);
  const invoice = {
    id: `in_${suffix}`,
    object: 'invoice',
    account_country: 'US',
    account_name: 'Acme',
    account_tax_ids: null,
    amount_due: amount,
    amount_overpaid: 0,
    amount_paid: amount,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 1,
    attempted: true,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: index === 0 ? 'subscription_create' : 'subscription_cycle',
    collection_method: 'charge_automatically',
    created: start,
    currency: 'usd',
    custom_fields: null,
    customer,
    customer_address: null,
    customer_email: email,
    customer_name: `Customer ${key}`,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: start,
    ending_balance: 0,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: `https://invoice.stripe.example/i/acct_1/${suffix}`,
    invoice_pdf: `https://pay.stripe.example/invoice/acct_1/${suffix}/pdf`,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: {
      object: 'list',
      data: [
        {
          id: `il_${suffix}`,
          object: 'line_item',
          amount,
          currency: 'usd',
          description: `${quantity} × Plan (at $${PRICES[interval] / 100} / ${interval})`,
          discount_amounts: [],
          discountable: true,
          discounts: [],
          invoice: `in_${suffix}`,
          livemode: true,
          metadata: {},
          parent: {
            invoice_item_details: null,
            subscription_item_details: {
              invoice_item: null,
              proration: false,
              proration_details: { credited_items: null },
              subscription: `sub_${createSuffix(key)}`,
              subscription_item: `si_${key}`,
            },
            type: 'subscription_item_details',
          },
          period: { end, start },
          pretax_credit_amounts: [],
          pricing: {
            price_details: { price: `price_${createSuffix(interval)}`, product: 'prod_1' },
            type: 'price_details',
            unit_amount_decimal: String(PRICES[interval]),
          },
          quantity,
          subtotal: amount,
          taxes: [],
        },
      ],
      has_more: false,
      total_count: 1,
      url: `/v1/invoices/in_${suffix}/lines`,
    },
    livemode: true,
    metadata: {},
    next_payment_attempt: null,
    number: `${key.slice(-8).toUpperCase()}-${String(index + 1).padStart(4, '0')}`,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: {}, subscription: `sub_${createSuffix(key)}` },
      type: 'subscription_details',
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: start,
    period_start: start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'paid',
    status_transitions: { finalized_at: start, marked_uncollectible_at: null, paid_at: start + 60, voided_at: null },
    subtotal: amount,
    subtotal_excluding_tax: amount,
    test_clock: null,
    total: amount,
    total_discount_amounts: [],
    total_excluding_tax: amount,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: start,
  };
  const payment = {
    id: `inpay_${suffix}`,
    object: 'invoice_payment',
    amount_paid: amount,
    amount_requested: amount,
    created: start,
    currency: 'usd',
    invoice: `in_${suffix}`,
    is_default: true,
    livemode: true,
    payment: { payment_intent: `pi_${suffix}`, type: 'payment_intent' },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: start + 60 },
  };
  const charge = {
    id: `ch_${suffix}`,
    object: 'charge',
    amount,
    amount_captured: amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: `txn_${suffix}`,
    billing_details: {
      address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
      email: null,
      name: null,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: 'ACME',
    captured: true,
    created: start + 60,
    currency: 'usd',
    customer,
    description: 'Subscription update',
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: true,
    metadata: {},
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_status: 'approved_by_network',
      reason: null,
      risk_level: 'normal',
      seller_message: 'Payment complete.',
      type: 'authorized',
    },
    paid: true,
    payment_intent: `pi_${suffix}`,
    payment_method: `pm_${createSuffix(key)}`,
    payment_method_details: { card: { brand: 'visa', country: 'US', exp_month: 8, exp_year: 2030 }, type: 'card' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: `https://pay.stripe.example/receipts/invoices/${suffix}`,
    refunded: false,
    review: null,
    shipping: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
  return { invoice, payment, charge };
}

/** Creates a refund of a tenth of an invoice. */
export function createRefund({ key, interval, quantity }: Subscription, { index, start }: Period) {
  const suffix = createSuffix(key, index);
  return {
    id: `re_${suffix}`,
    object: 'refund',
    amount: Math.round((PRICES[interval] * quantity) / 10),
    balance_transaction: `txn_re_${suffix}`,
    charge: `ch_${suffix}`,
    created: start + DAY / 4,
    currency: 'usd',
    destination_details: { card: { reference_status: 'pending', type: 'refund' }, type: 'card' },
    metadata: {},
    payment_intent: `pi_${suffix}`,
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}
