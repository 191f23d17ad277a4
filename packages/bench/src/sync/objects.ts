import type { StripeObject } from '@firstofficer/stripe-server';
import { getIdentifiers } from '../api/data.ts';
import {
  createCustomer,
  createInvoice,
  createKey,
  createPrice,
  createSubscription,
  type Subscription,
} from '../stripe-objects.ts';

/** The number of invoices of each customer. */
export const INVOICES_PER_CUSTOMER = 10;

/** The key of the sync. The server accepts every key of this form. The objects are real data, not test data. */
export const STRIPE_KEY = ['rk', 'live', 'benchmark'].join('_');

const MONTH = 30 * 86_400;
const YEAR = 365 * 86_400;

// Personal data, which makes the objects as large as those of a real account. The sync leaves it out.
const ADDRESS = {
  city: 'Berlin',
  country: 'DE',
  line1: 'Example Street 1',
  line2: null,
  postal_code: '10115',
  state: null,
};
const CARD = {
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
  yield createPrice('month', now - YEAR);
  for (let number = 1; number <= customers; number += 1) {
    // In the order of their IDs, so that customer 1 gets the FirstOfficer ID 1.
    const created = now - YEAR + Math.floor((number / customers) * 2 * MONTH);
    const [customer = '', , userId = '', email = ''] = getIdentifiers(number);
    const subscription = {
      key: createKey(number),
      customer,
      email,
      userId,
      interval: 'month',
      quantity: 1,
      created,
    } as const;
    yield { ...createCustomer(subscription), address: ADDRESS };
    yield createSubscription(subscription);
    for (let index = 0; index < INVOICES_PER_CUSTOMER; index += 1) yield* generateInvoice(subscription, index);
  }
}

/** Generates a paid invoice with its payment, its charge and the balance transaction of the charge. */
function* generateInvoice(subscription: Subscription, index: number): Generator<StripeObject> {
  const start = subscription.created + index * MONTH;
  const { invoice, payment, charge } = createInvoice(subscription, { index, start, end: start + MONTH });
  yield { ...invoice, customer_address: ADDRESS, hosted_invoice_url: LONG_URL, invoice_pdf: `${LONG_URL}&pdf` };
  yield payment;
  yield {
    ...charge,
    balance_transaction: createBalanceTransaction(charge),
    billing_details: { address: ADDRESS, email: subscription.email, name: 'Customer', phone: null },
    payment_method_details: { card: CARD, type: 'card' },
    receipt_url: LONG_URL,
  };
}

function createBalanceTransaction(charge: ReturnType<typeof createInvoice>['charge']): StripeObject {
  const { id, amount, balance_transaction, created, currency } = charge;
  return {
    id: balance_transaction,
    object: 'balance_transaction',
    amount,
    available_on: created + 2 * 86_400,
    created,
    currency,
    fee: 172,
    livemode: true,
    net: amount - 172,
    source: id,
    status: 'available',
    type: 'charge',
  };
}
