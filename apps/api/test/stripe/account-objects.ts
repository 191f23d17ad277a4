import type { StripeObject } from '@firstofficer/stripe-server';

/** The time of the server in tests: 21 September 2026. */
export const NOW = 1_790_000_000;

const DAY_S = 86_400;
// Long enough that figures do not change while tests run, whatever the date is.
const YEARS = 20;

/** Options of {@link createObjects}. */
export interface ObjectsOptions {
  readonly customers: number;
  /** The paid months of each customer. */
  readonly months: number;
  readonly livemode?: boolean;
}

/**
 * Creates the objects of a Stripe account. Each customer has a subscription, and in each month a paid invoice with its
 * payment and its charge. The second customer has a credit note with 12 lines, the third one a lost dispute.
 */
export function createObjects({ customers, months, livemode = false }: ObjectsOptions): StripeObject[] {
  const start = NOW - (months * 30 + 5) * DAY_S;
  const common = { livemode };
  const prices = [1, 2, 3].map((number) => createPrice(`price_${number}`, { ...common, created: start - DAY_S }));
  const objects: StripeObject[] = [
    ...prices,
    createPrice('price_old', { ...common, created: start - DAY_S, active: false }),
  ];
  for (let number = 1; number <= customers; number += 1) {
    const created = start + number * 61;
    const id = `cus_${number}`;
    const email = `customer-${number}@customers.example`;
    objects.push({
      id,
      object: 'customer',
      created,
      email,
      metadata: { user: `u${number}` },
      currency: 'usd',
      ...common,
    });
    objects.push(createSubscription(`sub_${number}`, { ...common, created, customer: id }));
    for (let month = 0; month < months; month += 1) {
      const at = created + month * 30 * DAY_S;
      objects.push(...createPaidInvoice(`${number}_${month}`, { ...common, created: at, customer: id, lines: 1 }));
    }
  }
  const at = { ...common, created: NOW - DAY_S };
  if (customers > 1) objects.push(createCreditNote('cn_2', { ...at, customer: 'cus_2', name: '2_0' }));
  if (customers > 2) objects.push(createDispute('dp_3', { ...at, charge: 'ch_3_0' }));
  return objects;
}

/** An invoice without lines, 40 days old. Stripe can delete it. */
export const DRAFT = {
  id: 'in_draft',
  object: 'invoice',
  livemode: false,
  created: NOW - 40 * DAY_S,
  customer: 'cus_2',
  currency: 'usd',
  status: 'draft',
  status_transitions: { paid_at: null },
  lines: { object: 'list', data: [], has_more: false },
};

/** The members that the objects of a customer have in common. */
export interface Base {
  readonly livemode: boolean;
  readonly created: number;
}

export function createPrice(id: string, { active = true, ...base }: Base & { active?: boolean }): StripeObject {
  const recurring = { interval: 'year', interval_count: YEARS, usage_type: 'licensed', meter: null };
  const amounts = { currency: 'usd', unit_amount: 1_000, unit_amount_decimal: '1000' };
  return { id, object: 'price', ...base, active, type: 'recurring', product: 'prod_1', recurring, ...amounts };
}

function createSubscription(id: string, { customer, ...base }: Base & { customer: string }): StripeObject {
  const items = { object: 'list', data: [{ id: `si_${id}`, object: 'subscription_item' }], has_more: false };
  return { id, object: 'subscription', ...base, customer, status: 'active', currency: 'usd', items };
}

/** Creates a paid invoice with its payment and its charge. Each line has 10.00 usd. */
export function createPaidInvoice(
  name: string,
  { customer, lines, price = 'price_1', ...base }: Base & { customer: string; lines: number; price?: string },
): StripeObject[] {
  const id = `in_${name}`;
  const paid_at = base.created + 60;
  const amount = 1_000 * lines;
  const payment_intent = `pi_${name}`;
  const invoice = {
    id,
    object: 'invoice',
    ...base,
    customer,
    currency: 'usd',
    status: 'paid',
    collection_method: 'charge_automatically',
    due_date: null,
    status_transitions: { paid_at },
    lines: {
      object: 'list',
      data: Array.from({ length: lines }, (_, line) => createLine(`il_${name}_${line}`, { ...base, customer, price })),
      has_more: false,
    },
  };
  const payment = {
    id: `inpay_${name}`,
    object: 'invoice_payment',
    ...base,
    invoice: id,
    amount_paid: amount,
    currency: 'usd',
    status: 'paid',
    status_transitions: { paid_at },
    payment: { type: 'payment_intent', payment_intent },
  };
  return [invoice, payment, createCharge(`ch_${name}`, { ...base, customer, amount, payment_intent })];
}

function addYears(time: number): number {
  const date = new Date(time * 1_000);
  return date.setUTCFullYear(date.getUTCFullYear() + YEARS) / 1_000;
}

function createLine(id: string, { customer, created, livemode, price }: Base & { customer: string; price: string }) {
  const subscription = customer.replace('cus_', 'sub_');
  return {
    id,
    object: 'line_item',
    livemode,
    amount: 1_000,
    currency: 'usd',
    quantity: 1,
    discount_amounts: [],
    taxes: [],
    period: { start: created, end: addYears(created) },
    pricing: { type: 'price_details', price_details: { price, product: 'prod_1' }, unit_amount_decimal: '1000' },
    parent: {
      type: 'subscription_item_details',
      subscription_item_details: { subscription, subscription_item: `si_${id}`, proration: false, invoice_item: null },
    },
  };
}

export function createCharge(
  id: string,
  { customer, amount, payment_intent, ...base }: Base & { customer: string; amount: number; payment_intent: string },
): StripeObject {
  const balance_transaction = {
    id: `txn_${id}`,
    object: 'balance_transaction',
    created: base.created,
    amount,
    currency: 'usd',
    fee: 30,
    source: id,
    type: 'charge',
  };
  const money = { amount, amount_captured: amount, amount_refunded: 0, currency: 'usd', captured: true };
  return {
    id,
    object: 'charge',
    ...base,
    customer,
    payment_intent,
    status: 'succeeded',
    ...money,
    balance_transaction,
  };
}

export function createRefund(
  id: string,
  { charge, amount, ...base }: Base & { charge: string; amount: number },
): StripeObject {
  const payment_intent = charge.replace('ch_', 'pi_');
  return { id, object: 'refund', ...base, charge, payment_intent, amount, currency: 'usd', status: 'succeeded' };
}

/** Creates a credit note of 1.20 usd with 12 lines. */
function createCreditNote(
  id: string,
  { customer, name, ...base }: Base & { customer: string; name: string },
): StripeObject {
  const data = Array.from({ length: 12 }, (_, line) => ({
    id: `cnli_${id}_${line}`,
    object: 'credit_note_line_item',
    livemode: base.livemode,
    type: 'invoice_line_item',
    invoice_line_item: `il_${name}_0`,
    amount: 10,
    discount_amount: 0,
    discount_amounts: [],
    taxes: [],
  }));
  const lines = { object: 'list', data, has_more: false };
  const amounts = { amount: 120, currency: 'usd', out_of_band_amount: 0, refunds: [] };
  return { id, object: 'credit_note', ...base, customer, invoice: `in_${name}`, status: 'issued', ...amounts, lines };
}

function createDispute(id: string, { charge, ...base }: Base & { charge: string }): StripeObject {
  const movement = {
    object: 'balance_transaction',
    created: base.created,
    amount: -1_000,
    currency: 'usd',
    fee: 1_500,
  };
  const balance_transactions = [{ id: `txn_${id}`, ...movement, source: id, type: 'adjustment' }];
  const payment_intent = charge.replace('ch_', 'pi_');
  const amounts = { amount: 1_000, currency: 'usd', status: 'lost' };
  return { id, object: 'dispute', ...base, charge, payment_intent, ...amounts, balance_transactions };
}
