import type { StripeObject } from './objects.ts';
import { readText } from './objects.ts';

/** What the server knows of one type of objects. */
export interface Resource {
  readonly type: string;
  /** The path of the list. */
  readonly path: string;
  /** The permission that a restricted key needs, as Stripe names it in errors. */
  readonly permission: string;
  /** Parameters of the list besides those that all lists have, with a function that selects the objects. */
  readonly filters: Readonly<Record<string, (object: StripeObject, value: string) => boolean>>;
  /** Returns whether a list contains an object if no parameter asks for it. */
  readonly isListed?: (object: StripeObject, params: ReadonlyMap<string, string>) => boolean;
  /** Members that `expand` replaces: the ID of an object by the object, or a missing list by the list. */
  readonly expandable: readonly string[];
  /** Members that the object contains only if they are expanded, besides lists. */
  readonly hidden?: readonly string[];
  /** Lists inside the object with the number of their elements that the object contains. */
  readonly nested?: Readonly<Record<string, number>>;
  /** The prefix of the types of events about such objects, or undefined if there are none. */
  readonly events?: string;
}

const is = (member: string) => (object: StripeObject, value: string) => object[member] === value;
const isFlag = (member: string) => (object: StripeObject, value: string) => String(object[member]) === value;
const isOutsideTestClock = (object: StripeObject, params: ReadonlyMap<string, string>) =>
  params.has('test_clock') || readText(object, 'test_clock') === undefined;

// Stripe embeds this many lines in an invoice or a credit note.
const EMBEDDED_LINES = 10;

/** All types that the server lists. Each list also has `created`, `limit`, `starting_after`, `ending_before`, `expand`. */
export const RESOURCES: readonly Resource[] = [
  {
    type: 'customer',
    path: '/v1/customers',
    permission: 'rak_customer_read',
    filters: { email: is('email'), test_clock: is('test_clock') },
    isListed: isOutsideTestClock,
    expandable: [],
    events: 'customer',
  },
  {
    type: 'subscription',
    path: '/v1/subscriptions',
    permission: 'rak_subscription_read',
    filters: {
      customer: is('customer'),
      test_clock: is('test_clock'),
      status: ({ status }, value) =>
        value === 'all' || status === value || (value === 'ended' && isEnded(String(status))),
    },
    isListed: (object, params) =>
      isOutsideTestClock(object, params) && (params.has('status') || object.status !== 'canceled'),
    expandable: ['customer', 'latest_invoice'],
    nested: { items: 20 },
    events: 'customer.subscription',
  },
  {
    type: 'price',
    path: '/v1/prices',
    permission: 'rak_plan_read',
    filters: { active: isFlag('active'), currency: is('currency'), product: is('product'), type: is('type') },
    isListed: ({ active }, params) => params.has('active') || active !== false,
    expandable: ['currency_options', 'tiers'],
    hidden: ['currency_options', 'tiers'],
    events: 'price',
  },
  {
    type: 'invoice',
    path: '/v1/invoices',
    permission: 'rak_invoice_read',
    filters: { customer: is('customer'), status: is('status') },
    expandable: ['customer', 'payments'],
    nested: { lines: EMBEDDED_LINES, payments: EMBEDDED_LINES },
    events: 'invoice',
  },
  {
    type: 'invoice_payment',
    path: '/v1/invoice_payments',
    permission: 'rak_invoice_read',
    filters: { invoice: is('invoice'), status: is('status') },
    expandable: ['invoice'],
    events: 'invoice_payment',
  },
  {
    type: 'invoiceitem',
    path: '/v1/invoiceitems',
    permission: 'rak_invoice_read',
    filters: { customer: is('customer'), invoice: is('invoice') },
    expandable: ['customer', 'invoice'],
    events: 'invoiceitem',
  },
  {
    type: 'charge',
    path: '/v1/charges',
    permission: 'rak_charge_read',
    filters: { customer: is('customer'), payment_intent: is('payment_intent') },
    expandable: ['balance_transaction', 'customer', 'failure_balance_transaction'],
    events: 'charge',
  },
  {
    type: 'refund',
    path: '/v1/refunds',
    permission: 'rak_charge_read',
    filters: { charge: is('charge'), payment_intent: is('payment_intent') },
    expandable: ['balance_transaction', 'charge', 'failure_balance_transaction'],
    events: 'refund',
  },
  {
    type: 'credit_note',
    path: '/v1/credit_notes',
    permission: 'rak_credit_note_read',
    filters: { customer: is('customer'), invoice: is('invoice') },
    expandable: ['customer', 'invoice'],
    nested: { lines: EMBEDDED_LINES },
    events: 'credit_note',
  },
  {
    type: 'dispute',
    path: '/v1/disputes',
    permission: 'rak_dispute_read',
    filters: { charge: is('charge'), payment_intent: is('payment_intent') },
    expandable: ['charge'],
    events: 'charge.dispute',
  },
  {
    type: 'balance_transaction',
    path: '/v1/balance_transactions',
    permission: 'rak_balance_read',
    filters: { currency: is('currency'), source: is('source'), type: is('type') },
    expandable: ['source'],
  },
  {
    type: 'event',
    path: '/v1/events',
    permission: 'rak_event_read',
    filters: { type: is('type') },
    expandable: [],
  },
];

const BY_TYPE = new Map(RESOURCES.map((resource) => [resource.type, resource]));

/** Returns the resource of a type of objects. */
export function findResource(type: string): Resource | undefined {
  return BY_TYPE.get(type);
}

function isEnded(status: string): boolean {
  return status === 'canceled' || status === 'incomplete_expired';
}
