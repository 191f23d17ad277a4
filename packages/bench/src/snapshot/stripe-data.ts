import {
  createCustomer,
  createInvoice,
  createKey,
  createPrice,
  createRefund,
  createSubscription,
  INTERVALS,
  type Interval,
  type Period,
  type Subscription,
} from '../stripe-objects.ts';

/** How many objects {@link generateStripeData} generates. */
export interface StripeDataSize {
  readonly customers: number;
  readonly invoicesPerCustomer: number;
}

/** The day of the last invoice of every customer. */
const LAST_DAY = new Date(Date.UTC(2025, 11, 1));
/** A time at which all subscriptions are paid. */
export const PAID_AT = '2025-12-01T12:00:00Z';
/** When all customers were created, in seconds. */
const CREATED = Date.UTC(2015, 0, 1) / 1000;
/** Customers with more invoices pay daily, so that their first invoices are not too old. */
const MAX_INVOICES = 120;

/**
 * Generates a Stripe account as the lines of an NDJSON file, with their line feeds. Each invoice has its charge and its
 * invoice payment, and every 20th invoice is refunded in part. Objects have all members that the Stripe API returns. The
 * same seed always generates the same account.
 */
export function* generateStripeData(
  { customers, invoicesPerCustomer }: StripeDataSize,
  seed: number,
): Generator<string> {
  const random = createRandom(seed);
  for (const interval of INTERVALS) yield format(createPrice(interval, CREATED));
  for (let number = 1; number <= customers; number += 1) {
    const interval = invoicesPerCustomer > MAX_INVOICES ? 'day' : random() < 0.2 ? 'year' : 'month';
    const subscription = describeSubscription(number, { interval, quantity: 1 + Math.floor(random() * 5) });
    yield format(createCustomer(subscription));
    yield format(createSubscription(subscription));
    for (let index = 0; index < invoicesPerCustomer; index += 1) {
      const period = createPeriod(interval, { index, count: invoicesPerCustomer });
      const { invoice, payment, charge } = createInvoice(subscription, period);
      yield* [invoice, payment, charge].map(format);
      if (random() < 0.05) yield format(createRefund(subscription, period));
    }
  }
}

function describeSubscription(
  number: number,
  { interval, quantity }: Pick<Subscription, 'interval' | 'quantity'>,
): Subscription {
  const key = createKey(number);
  return {
    key,
    customer: `cus_${key}`,
    email: `${key}@customers.example`,
    userId: `workspace-${key}`,
    interval,
    quantity,
    created: CREATED,
  };
}

/** Returns a function that returns numbers from 0 to less than 1 (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

function format(object: object): string {
  return `${JSON.stringify(object)}\n`;
}

/** Returns one of the billing periods of a customer, of which the last one begins on the last day. */
function createPeriod(
  interval: Interval,
  { index, count }: { readonly index: number; readonly count: number },
): Period {
  return { index, start: addPeriods(interval, index + 1 - count), end: addPeriods(interval, index + 2 - count) };
}

/** Returns the last day, moved by billing periods, in seconds. */
function addPeriods(interval: Interval, periods: number): number {
  const [years, months, days] = { day: [0, 0, periods], month: [0, periods, 0], year: [periods, 0, 0] }[interval];
  const [year, month] = [LAST_DAY.getUTCFullYear() + (years ?? 0), LAST_DAY.getUTCMonth() + (months ?? 0)];
  return Date.UTC(year, month, LAST_DAY.getUTCDate() + (days ?? 0)) / 1000;
}
