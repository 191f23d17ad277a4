import fc from 'fast-check';
import { MinimalAccount, type StripeObject } from './minimal-account.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** 1 January 2026. */
const FIRST_DAY = Date.UTC(2026, 0, 1) / 1000;

/** A plan of what happens to a customer, from which the objects are built. */
interface History {
  readonly subscriptions: readonly SubscriptionPlan[];
  readonly oneOffs: readonly number[];
}

const share = fc.integer({ min: 1, max: 100 });

const event = fc.record({
  kind: fc.constantFrom('refund', 'failed refund', 'credit note', 'voided credit note', 'lost dispute', 'won dispute'),
  invoice: fc.nat(9),
  /** The part of the charge, in percent. */
  share,
  days: fc.nat(200),
});

const subscriptionPlan = fc.record({
  interval: fc.constantFrom(
    ['day', 1, 1],
    ['week', 2, 14],
    ['month', 1, 31],
    ['month', 6, 181],
    ['year', 1, 365],
  ) satisfies fc.Arbitrary<readonly [string, number, number]>,
  unit: fc.integer({ min: 1, max: 100_000 }),
  seats: fc.integer({ min: 1, max: 9 }),
  periods: fc.integer({ min: 1, max: 4 }),
  firstDay: fc.nat(90),
  trialDays: fc.constantFrom(0, 0, 14),
  discount: fc.constantFrom(0, 0, 50, 100),
  tax: fc.constantFrom(0, 20),
  fee: fc.constantFrom(0, 0, 9900),
  /** The hours from the beginning of a period to its payment. */
  lateHours: fc.constantFrom(0, 0, 5, 30),
  terms: fc.constantFrom(0, 0, 30),
  change: fc.option(fc.record({ seats: fc.nat(9), share, isInvoiceItem: fc.boolean() })),
  events: fc.array(event, { maxLength: 3 }),
  currency: fc.constantFrom('usd', 'usd', 'eur'),
});

type SubscriptionPlan = typeof subscriptionPlan extends fc.Arbitrary<infer T> ? T : never;

/** Generates histories of one customer. */
export const histories: fc.Arbitrary<History> = fc.record({
  subscriptions: fc.array(subscriptionPlan, { maxLength: 3 }),
  oneOffs: fc.array(fc.integer({ min: 1, max: 50_000 }), { maxLength: 2 }),
});

/** Generates a point in time during or after a history, in seconds. */
export const times: fc.Arbitrary<number> = fc
  .integer({ min: -DAY, max: 300 * DAY })
  .map((offset) => FIRST_DAY + offset);

/** Returns the objects of a history. The objects of a subscription don't depend on the other subscriptions. */
export function build({ subscriptions, oneOffs }: History, { hasEvents = true } = {}): StripeObject[] {
  return [
    ...subscriptions.flatMap((plan, index) => buildSubscription(plan, { index, hasEvents })),
    ...oneOffs.flatMap((amount, index) => {
      const account = new MinimalAccount(`x${index}`);
      account.charge(amount, { paid: format(FIRST_DAY + index * DAY) });
      return account.objects;
    }),
  ];
}

/** Returns the objects of one subscription of a history. */
export function buildSubscription(
  plan: SubscriptionPlan,
  options: { index: number; hasEvents?: boolean },
): StripeObject[] {
  const { index, hasEvents = true } = options;
  const account = new MinimalAccount(`s${index}`);
  const [interval, count, days] = plan.interval;
  const { unit, seats, currency, terms } = plan;
  const common = { interval, count, unit, item: `si_${index}`, subscription: `sub_${index}` } as const;
  const start = FIRST_DAY + plan.firstDay * DAY;
  if (plan.trialDays > 0) {
    account.invoice([{ ...common, amount: 0, start: format(start), end: format(start + plan.trialDays * DAY) }], {
      currency,
    });
  }
  const invoices: { id: string; charge: string; amount: number; paid: number }[] = [];

  function addInvoice(lines: Parameters<MinimalAccount['invoice']>[0], paid: number, created: number): void {
    const sent = terms === 0 ? {} : { sent: { created: format(created), due: format(created + terms * DAY) } };
    const amount = lines.reduce((sum, { amount, discount = 0, tax = 0 }) => sum + amount - discount + tax, 0);
    invoices.push({ ...account.invoice(lines, { paid: format(paid), currency, ...sent }), amount, paid });
  }

  for (let period = 0; period < plan.periods; period++) {
    const from = start + (plan.trialDays + period * days) * DAY;
    const to = from + days * DAY;
    const amount = unit * seats;
    const discount = Math.round((amount * plan.discount) / 100);
    const tax = Math.round(((amount - discount) * plan.tax) / 100);
    const fee = { amount: plan.fee, item: null, subscription: null };
    const line = { ...common, start: format(from), end: format(to), amount, quantity: seats, discount, tax };
    addInvoice(period === 0 && plan.fee > 0 ? [line, fee] : [line], from + plan.lateHours * HOUR, from);
    if (plan.change === null || period > 0) continue;
    const changed = Math.floor(from + (days * DAY * plan.change.share) / 101);
    const rest = (to - changed) / (to - from);
    const item = plan.change.isInvoiceItem ? null : common.item;
    const proration = { ...common, item, start: format(changed), end: format(to), isProration: true };
    addInvoice(
      [
        { ...proration, amount: -Math.round(amount * rest), quantity: seats },
        { ...proration, amount: Math.round(unit * plan.change.seats * rest), quantity: plan.change.seats },
      ],
      Math.max(changed, from + plan.lateHours * HOUR),
      changed,
    );
  }
  if (hasEvents)
    for (const happening of plan.events) addEvent(account, happening, invoices[happening.invoice % invoices.length]);
  return account.objects.map((object) =>
    object.currency === 'usd' && object.object !== 'price' ? { ...object, currency } : object,
  );
}

function addEvent(
  account: MinimalAccount,
  { kind, share, days }: typeof event extends fc.Arbitrary<infer T> ? T : never,
  invoice: { id: string; charge: string; amount: number; paid: number } | undefined,
): void {
  if (invoice === undefined || invoice.amount <= 0) return;
  const amount = Math.ceil((invoice.amount * share) / 100);
  const at = invoice.paid + days * DAY;
  const later = at + 10 * DAY;
  switch (kind) {
    case 'refund':
      account.refund(invoice.charge, amount, { at: format(at) });
      break;
    case 'failed refund': {
      const failure_balance_transaction = account.balanceTransaction(amount, later);
      account.refund(invoice.charge, amount, {
        at: format(at),
        status: 'failed',
        members: { failure_balance_transaction },
      });
      break;
    }
    case 'lost dispute':
      account.dispute(invoice.charge, amount, [[format(at), -amount]]);
      break;
    case 'won dispute':
      account.dispute(invoice.charge, amount, [
        [format(at), -amount],
        [format(later), amount],
      ]);
      break;
    default: {
      const refund = account.refund(invoice.charge, amount, { at: format(at) });
      const refunds = [{ type: 'refund', refund, amount_refunded: amount }];
      const voided_at = kind === 'credit note' ? null : later;
      account.creditNote(invoice.id, amount, { at: format(at), members: { refunds, voided_at } });
    }
  }
}

/** Returns the objects as Stripe had them at a point in time. */
export function removeFuture(objects: readonly StripeObject[], at: number): StripeObject[] {
  const isPast = (time: unknown): boolean => typeof time === 'number' && time <= at;
  return objects.flatMap((object): StripeObject[] => {
    switch (object.object) {
      case 'invoice': {
        const { status_transitions: transitions } = object as { status_transitions: { paid_at: number } };
        if (isPast(transitions.paid_at)) return [object];
        return [{ ...object, status: 'open', status_transitions: { paid_at: null }, amount_paid_off_stripe: 0 }];
      }
      case 'dispute': {
        const { balance_transactions } = object as { balance_transactions: { created: number }[] };
        return [{ ...object, balance_transactions: balance_transactions.filter(({ created }) => isPast(created)) }];
      }
      case 'refund': {
        const reference = object.failure_balance_transaction;
        const failure = objects.find(({ id }) => reference !== undefined && id === reference);
        const { failure_balance_transaction: _, ...pending } = object;
        if (!isPast(object.created)) return [];
        return [failure === undefined || isPast(failure.created) ? object : { ...pending, status: 'succeeded' }];
      }
      case 'credit_note':
        return isPast(object.created)
          ? [{ ...object, voided_at: isPast(object.voided_at) ? object.voided_at : null }]
          : [];
      case 'price':
        return [object];
      default:
        return isPast(object.created) ? [object] : [];
    }
  });
}

/** Returns the objects with every reference expanded, and decimal numbers as Stripe's SDK has them. */
export function expand(objects: readonly StripeObject[]): StripeObject[] {
  const byId = new Map(objects.map((object) => [object.id, object]));
  return objects.map((object) => expandMembers(object, byId));
}

const REFERENCES = [
  'customer',
  'charge',
  'invoice',
  'price',
  'payment_intent',
  'failure_balance_transaction',
  'refund',
];

function expandMembers(object: StripeObject, byId: ReadonlyMap<unknown, StripeObject>): StripeObject {
  const members = Object.entries(object).map(([member, value]) => {
    if (typeof value === 'string' && REFERENCES.includes(member)) return [member, byId.get(value) ?? { id: value }];
    if (typeof value === 'string' && member.endsWith('_decimal')) return [member, { toString: () => value }];
    if (Array.isArray(value)) return [member, value.map((item) => (isObject(item) ? expandMembers(item, byId) : item))];
    return [member, isObject(value) ? expandMembers(value, byId) : value];
  });
  return Object.fromEntries(members);
}

function isObject(value: unknown): value is StripeObject {
  return typeof value === 'object' && value !== null;
}

function format(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 19);
}
