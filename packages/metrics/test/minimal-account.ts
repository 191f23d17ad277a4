import { type CustomerData, computeFigures, createCustomerData, type Figures, readObject } from '../src/index.ts';
import { toSeconds } from './time.ts';

export type StripeObject = Record<string, unknown>;

interface Price {
  interval?: 'day' | 'week' | 'month' | 'year' | undefined;
  count?: number;
  unit?: number | string | null;
  isMetered?: boolean;
}

interface Line extends Price {
  amount: number;
  start?: string;
  end?: string;
  /** The subscription item. Null for a line of an invoice item. */
  item?: string | null;
  subscription?: string | null;
  isProration?: boolean;
  quantity?: number;
  discount?: number;
  tax?: number;
  credits?: string[];
  id?: string;
}

interface Payment {
  /** When the invoice was paid: by default when its first line begins. Undefined if it was not paid. */
  paid?: string | undefined;
  /** What the charge captures; no charge if 0. By default the sum of the lines, if above 0. */
  charged?: number;
  sent?: { created: string; due: string };
  currency?: string;
  offStripe?: number;
  shipping?: number;
  customer?: string;
}

/**
 * Builds Stripe objects with hardly more members than the rules need. All IDs are numbered in the order of creation.
 * `Account` of the scenarios builds objects with all members.
 */
export class MinimalAccount {
  readonly objects: StripeObject[] = [];
  private readonly prices = new Map<string, string>();
  private readonly name: string;
  private count = 0;

  /**
   * @param name - A part of all IDs, so that the objects of several accounts have different IDs.
   */
  constructor(name = '') {
    this.name = name;
  }

  id(prefix: string): string {
    this.count++;
    return `${prefix}_${this.name}${this.count}`;
  }

  add(object: StripeObject): this {
    this.objects.push(object);
    return this;
  }

  price({ interval = 'month', count = 1, unit = null, isMetered = false }: Price): string {
    const key = JSON.stringify([interval, count, unit, isMetered]);
    const known = this.prices.get(key);
    if (known !== undefined) return known;
    const id = this.id('price');
    this.prices.set(key, id);
    const recurring = { interval, interval_count: count, usage_type: isMetered ? 'metered' : 'licensed' };
    const unit_amount = typeof unit === 'number' ? unit : null;
    const unit_amount_decimal = unit === null ? null : String(unit);
    this.add({ object: 'price', id, currency: 'usd', type: 'recurring', recurring, unit_amount, unit_amount_decimal });
    return id;
  }

  private line(line: Line): StripeObject {
    const { amount, start = '2026-01-01', end = start, item = 'si_1', subscription = 'sub_1' } = line;
    const { isProration = false, quantity = 1, discount = 0, tax = 0, credits } = line;
    const details = {
      proration: isProration,
      subscription,
      proration_details: credits && { credited_items: { invoice: 'in_0', invoice_line_items: credits } },
    };
    const parent =
      item === null
        ? { type: 'invoice_item_details', invoice_item_details: { invoice_item: 'ii_1', ...details } }
        : { type: 'subscription_item_details', subscription_item_details: { subscription_item: item, ...details } };
    return {
      object: 'line_item',
      id: line.id ?? this.id('il'),
      amount,
      quantity,
      period: { start: toSeconds(start), end: toSeconds(end) },
      discount_amounts: discount === 0 ? [] : [{ amount: discount, discount: 'di_1' }],
      taxes: tax === 0 ? [] : [{ amount: tax, tax_behavior: 'exclusive' }],
      parent,
      pricing: {
        type: 'price_details',
        price_details: { price: subscription === null ? 'price_x' : this.price(line) },
      },
    };
  }

  /** Adds an invoice, its charge, and the InvoicePayment between them. Returns their IDs and the IDs of the lines. */
  invoice(lines: Line[], payment: Payment = {}): Invoice {
    const paid = 'paid' in payment ? payment.paid : lines[0]?.start;
    const { currency = 'usd', sent, offStripe = 0, shipping = 0, customer = 'cus_1' } = payment;
    const [id, charge, intent] = [this.id('in'), this.id('ch'), this.id('pi')];
    const net = lines.reduce((sum, { amount, discount = 0, tax = 0 }) => sum + amount - discount + tax, shipping);
    const charged = payment.charged ?? Math.max(0, net - offStripe);
    const paidAt = paid === undefined ? null : toSeconds(paid);
    const data = lines.map((line) => this.line(line));
    this.add({
      object: 'invoice',
      id,
      customer,
      currency,
      status: paidAt === null ? 'open' : 'paid',
      status_transitions: { paid_at: paidAt },
      amount_paid_off_stripe: offStripe,
      ...(shipping === 0
        ? {}
        : { shipping_cost: { amount_subtotal: shipping, amount_tax: 0, amount_total: shipping } }),
      ...(sent === undefined
        ? { collection_method: 'charge_automatically' }
        : { collection_method: 'send_invoice', created: toSeconds(sent.created), due_date: toSeconds(sent.due) }),
      lines: { object: 'list', data, has_more: false },
    });
    if (charged > 0 && paid !== undefined) {
      this.charge(charged, { paid, currency, customer, id: charge, intent });
      this.payment(id, charged, { at: paid, payment: { type: 'payment_intent', payment_intent: intent } });
    }
    return { id, charge, intent, lines: data.map((line) => String(line.id)) };
  }

  /** Adds an InvoicePayment. */
  payment(invoice: string, amount: number, options: { at: string; created?: string; payment: StripeObject }): void {
    const { at, created = at, payment } = options;
    const status_transitions = { paid_at: toSeconds(at), canceled_at: null };
    const common = { object: 'invoice_payment', id: this.id('inpay'), invoice, amount_paid: amount, status: 'paid' };
    this.add({ ...common, created: toSeconds(created), status_transitions, payment });
  }

  /** Returns the lines of all invoices. */
  listLines(): (StripeObject & { taxes: StripeObject[] })[] {
    return this.objects.flatMap((object) =>
      object.object === 'invoice' ? (object.lines as { data: (StripeObject & { taxes: StripeObject[] })[] }).data : [],
    );
  }

  charge(amount: number, options: Charge): string {
    const { paid, currency = 'usd', customer = 'cus_1', id = this.id('ch'), intent = this.id('pi'), ...rest } = options;
    const created = toSeconds(paid);
    return this.append({
      object: 'charge',
      id,
      customer,
      currency,
      amount,
      amount_captured: amount,
      captured: true,
      status: 'succeeded',
      created,
      payment_intent: intent,
      balance_transaction: null,
      ...rest.members,
    });
  }

  refund(charge: string, amount: number, options: Event & { status?: string }): string {
    const { at, currency = 'usd', status = 'succeeded', members } = options;
    const created = toSeconds(at);
    return this.append({ object: 'refund', id: this.id('re'), charge, amount, currency, created, status, ...members });
  }

  dispute(charge: string, amount: number, movements: readonly (readonly [time: string, amount: number])[]): string {
    const balance_transactions = movements.map(([time, moved]) => ({
      object: 'balance_transaction',
      id: this.id('txn'),
      amount: moved,
      fee: 1500,
      currency: 'usd',
      created: toSeconds(time),
    }));
    return this.append({ object: 'dispute', id: this.id('du'), charge, amount, currency: 'usd', balance_transactions });
  }

  listDisputes(): { balance_transactions: StripeObject[] }[] {
    return this.objects.flatMap((object) =>
      object.object === 'dispute' ? [object as { object: string; balance_transactions: StripeObject[] }] : [],
    );
  }

  balanceTransaction(amount: number, created: number): string {
    const id = this.id('txn');
    return this.append({ object: 'balance_transaction', id, amount, currency: 'usd', created });
  }

  creditNote(invoice: string, amount: number, options: Event & { lines?: StripeObject[] }): string {
    const { at, lines = [], members } = options;
    const created = toSeconds(at);
    const common = { object: 'credit_note', id: this.id('cn'), invoice, customer: 'cus_1', amount, currency: 'usd' };
    return this.append({
      ...common,
      created,
      voided_at: null,
      lines: { data: lines, has_more: false },
      refunds: [],
      ...members,
    });
  }

  data(customer = 'cus_1'): CustomerData {
    const data = createCustomerData(this.objects.map(readObject)).get(customer);
    if (data === undefined) throw new Error(`The account has no customer ${customer}.`);
    return data;
  }

  figures(at: string, customer = 'cus_1'): ReadonlyMap<string, Figures> {
    return computeFigures(this.data(customer), toSeconds(at));
  }

  /** Returns MRR, count and contract value in one line, as the worked examples write them. */
  at(time: string, currency = 'usd'): string {
    const figures = this.figures(time).get(currency);
    if (figures === undefined) return '0/0/0';
    return `${figures.current_mrr}/${figures.current_subscription_count}/${figures.total_contract_value}`;
  }

  private append(object: StripeObject & { id: string }): string {
    this.add(object);
    return object.id;
  }
}

interface Invoice {
  id: string;
  charge: string;
  intent: string;
  lines: string[];
}

interface Event {
  at: string;
  currency?: string;
  members?: StripeObject;
}

interface Charge {
  paid: string;
  currency?: string;
  customer?: string | null;
  id?: string;
  intent?: string;
  members?: StripeObject;
}
