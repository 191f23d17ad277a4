import type { StripeObject } from '@firstofficer/stripe-server';
import { getIdentifiers } from '../api/data.ts';

/** The number of invoices of each customer. */
export const INVOICES_PER_CUSTOMER = 10;

/** The key of the sync. The server accepts every key of this form. The objects are real data, not test data. */
export const STRIPE_KEY = ['rk', 'live', 'benchmark'].join('_');

const MONTH = 30 * 86_400;
const YEAR = 365 * 86_400;
const AMOUNT = 4_900;
const CURRENCY = 'usd';
const PRICE_ID = 'price_monthly';

// Members that Stripe sends as well. They give objects about the size that they have in reality.
const ADDRESS = {
  city: 'Berlin',
  country: 'DE',
  line1: 'Example Street 1',
  line2: null,
  postal_code: '10115',
  state: null,
};
const CARD = {
  amount_authorized: AMOUNT,
  brand: 'visa',
  checks: { address_line1_check: 'pass', address_postal_code_check: 'pass', cvc_check: 'pass' },
  country: 'DE',
  exp_month: 12,
  exp_year: 2030,
  fingerprint: 'Xt5EWLLDS7FJjR1c',
  funding: 'credit',
  last4: '4242',
  network: 'visa',
  three_d_secure: null,
  wallet: null,
};
const LONG_URL = `https://invoice.stripe.com/i/acct_1032D82eZvKYlo2C/${'x'.repeat(150)}?s=ap`;

/**
 * Generates the objects of a Stripe account whose customers pay every month. The customers have the identifiers that the
 * other benchmarks of the server use.
 *
 * @param now - The present time in seconds.
 */
export function* generateObjects(invoices: number, now: number): Generator<StripeObject> {
  const customers = Math.ceil(invoices / INVOICES_PER_CUSTOMER);
  yield createPrice(now - YEAR);
  for (let number = 1; number <= customers; number += 1) {
    // In the order of their IDs, so that customer 1 gets the FirstOfficer ID 1.
    const start = now - YEAR + Math.floor((number / customers) * 2 * MONTH);
    yield createCustomer(number, start);
    yield createSubscription(number, start);
    for (let month = 0; month < INVOICES_PER_CUSTOMER; month += 1) yield* createInvoice(number, { month, start });
  }
}

function createPrice(created: number): StripeObject {
  return {
    id: PRICE_ID,
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created,
    currency: CURRENCY,
    livemode: true,
    metadata: {},
    product: 'prod_1',
    recurring: { interval: 'month', interval_count: 1, meter: null, trial_period_days: null, usage_type: 'licensed' },
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: AMOUNT,
    unit_amount_decimal: String(AMOUNT),
  };
}

function createCustomer(number: number, created: number): StripeObject {
  const [id = '', , user_id, email] = getIdentifiers(number);
  return {
    id,
    object: 'customer',
    address: ADDRESS,
    balance: 0,
    created,
    currency: CURRENCY,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email,
    invoice_prefix: '0759376C',
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: true,
    metadata: { user_id },
    name: `Customer ${number}`,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
}

function createSubscription(number: number, start: number): StripeObject {
  const [customer] = getIdentifiers(number);
  const item = {
    id: `si_${number}`,
    object: 'subscription_item',
    created: start,
    current_period_end: start + INVOICES_PER_CUSTOMER * MONTH,
    current_period_start: start + (INVOICES_PER_CUSTOMER - 1) * MONTH,
    metadata: {},
    price: createPrice(start),
    quantity: 1,
    subscription: `sub_${number}`,
    tax_rates: [],
  };
  return {
    id: `sub_${number}`,
    object: 'subscription',
    billing_cycle_anchor: start,
    cancel_at_period_end: false,
    canceled_at: null,
    collection_method: 'charge_automatically',
    created: start,
    currency: CURRENCY,
    customer,
    discounts: [],
    ended_at: null,
    items: { object: 'list', data: [item], has_more: false, url: `/v1/subscription_items?subscription=sub_${number}` },
    livemode: true,
    metadata: {},
    start_date: start,
    status: 'active',
    test_clock: null,
    trial_end: null,
  };
}

/** Generates a paid invoice with its payment, its charge and the balance transaction of the charge. */
function* createInvoice(
  number: number,
  { month, start }: { readonly month: number; readonly start: number },
): Generator<StripeObject> {
  const [customer, , , email] = getIdentifiers(number);
  const suffix = `${number}_${month}`;
  const created = start + month * MONTH;
  const common = { created, currency: CURRENCY, livemode: true };
  const line = {
    id: `il_${suffix}`,
    object: 'line_item',
    amount: AMOUNT,
    currency: CURRENCY,
    description: '1 × Monthly plan (at $49.00 / month)',
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
        subscription: `sub_${number}`,
        subscription_item: `si_${number}`,
      },
      type: 'subscription_item_details',
    },
    period: { start: created, end: created + MONTH },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: PRICE_ID, product: 'prod_1' },
      type: 'price_details',
      unit_amount_decimal: String(AMOUNT),
    },
    quantity: 1,
    subtotal: AMOUNT,
    taxes: [],
  };
  const charge = `ch_${suffix}`;
  const payment = {
    ...common,
    id: `inpay_${suffix}`,
    object: 'invoice_payment',
    amount_paid: AMOUNT,
    amount_requested: AMOUNT,
    invoice: `in_${suffix}`,
    is_default: true,
    payment: { payment_intent: `pi_${suffix}`, type: 'payment_intent' },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: created + 5 },
  };
  yield {
    ...common,
    id: `in_${suffix}`,
    object: 'invoice',
    account_country: 'DE',
    account_name: 'Example',
    amount_due: AMOUNT,
    amount_paid: AMOUNT,
    amount_remaining: 0,
    attempt_count: 1,
    attempted: true,
    auto_advance: false,
    billing_reason: month === 0 ? 'subscription_create' : 'subscription_cycle',
    collection_method: 'charge_automatically',
    customer,
    customer_address: ADDRESS,
    customer_email: email,
    customer_name: `Customer ${number}`,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_ids: [],
    discounts: [],
    due_date: null,
    effective_at: created,
    ending_balance: 0,
    hosted_invoice_url: LONG_URL,
    invoice_pdf: `${LONG_URL}&pdf`,
    lines: { object: 'list', data: [line], has_more: false, url: `/v1/invoices/in_${suffix}/lines` },
    metadata: {},
    number: `0759376C-${String(month).padStart(4, '0')}`,
    parent: {
      quote_details: null,
      subscription_details: { metadata: {}, subscription: `sub_${number}` },
      type: 'subscription_details',
    },
    payments: { object: 'list', data: [payment], has_more: false, url: `/v1/invoice_payments?invoice=in_${suffix}` },
    period_end: created,
    period_start: created,
    starting_balance: 0,
    status: 'paid',
    status_transitions: { finalized_at: created, marked_uncollectible_at: null, paid_at: created + 5, voided_at: null },
    subtotal: AMOUNT,
    test_clock: null,
    total: AMOUNT,
    total_discount_amounts: [],
    total_taxes: [],
  };
  yield {
    ...common,
    id: charge,
    object: 'charge',
    amount: AMOUNT,
    amount_captured: AMOUNT,
    amount_refunded: 0,
    balance_transaction: {
      ...common,
      id: `txn_${suffix}`,
      object: 'balance_transaction',
      amount: AMOUNT,
      available_on: created + 2 * 86_400,
      fee: 172,
      net: AMOUNT - 172,
      source: charge,
      status: 'available',
      type: 'charge',
    },
    billing_details: { address: ADDRESS, email, name: `Customer ${number}`, phone: null },
    captured: true,
    customer,
    disputed: false,
    failure_balance_transaction: null,
    outcome: { network_status: 'approved_by_network', risk_level: 'normal', risk_score: 12, type: 'authorized' },
    paid: true,
    payment_intent: `pi_${suffix}`,
    payment_method: `pm_${number}`,
    payment_method_details: { card: CARD, type: 'card' },
    receipt_url: LONG_URL,
    refunded: false,
    status: 'succeeded',
  };
}
