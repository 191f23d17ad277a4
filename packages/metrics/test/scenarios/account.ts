import type Stripe from 'stripe';
import { type Time, toSeconds } from '../time.ts';

/**
 * A Stripe type as the API returns it: decimals are strings. Members that the scenarios don't need are left out.
 */
type Json<T> = T extends Stripe.Decimal
  ? string
  : T extends readonly (infer Element)[]
    ? Json<Element>[]
    : T extends object
      ? { [Member in keyof T]?: Json<T[Member]> }
      : T;

type Interval = 'day' | 'week' | 'month' | 'year';

interface LineOptions {
  quantity?: number;
  /** The gross amount of the line. The default of a regular line is the unit amount times the quantity. */
  amount?: number;
  subscription?: string;
  /** The default of `sub_2` is `si_2`. */
  item?: string;
  /** The amount of each discount. */
  discounts?: number[];
  /** Exclusive taxes, in addition to the amount. */
  tax?: number;
  /** Inclusive taxes, part of the amount. */
  inclusiveTax?: number;
  /** The unit amount on the line, if it differs from that of the price. */
  unit?: string;
  /** The parent of a proration: a subscription item (the default), or an invoice item. */
  parent?: 'subscription_item' | 'invoice_item';
}

interface Line extends LineOptions {
  kind: 'regular' | 'proration' | 'single';
  price: Price;
  amount: number;
  from: Time;
  to: Time;
}

interface Price {
  id: string;
  unit: number | null;
  object: Json<Stripe.Price>;
}

interface PriceOptions {
  every?: number;
  usage?: 'metered';
  currency?: string;
  /** Whole units that are billed together. */
  package?: { by: number; round: 'up' | 'down' };
  tiers?: 'graduated' | 'volume';
  /** The unit amount, if it has decimals. */
  decimal?: string;
}

interface InvoiceOptions {
  customer?: string;
  currency?: string;
  /** The time of payment: by default the time when the invoice was created. Null if it was not paid. */
  paid?: Time | null;
  /** Paid outside Stripe: the whole amount, or this part of it. */
  outside?: number | 'all';
  /** The amount that was paid from the customer's balance. */
  balance?: number;
  /** The amount that credit notes deducted before the payment. */
  credited?: number;
  /** The payments, if there is not exactly one. */
  payments?: [amount: number, paid: Time][];
  /** The days until payment is due, if the invoice was sent. */
  net?: number;
  /** What the payment of the invoice names. */
  by?: 'payment_intent' | 'charge';
  /** The status of an invoice that was not paid. */
  status?: 'draft' | 'open' | 'uncollectible' | 'void';
}

interface Invoice {
  id: string;
  lines: string[];
  charge: string;
  charges: string[];
}

interface ChargeOptions {
  customer?: string | null;
  currency?: string;
  /** The amount that was captured. The default is the whole amount. */
  captured?: number;
  /** When the amount was captured. Null if it was not captured. */
  at?: Time | null;
  status?: 'succeeded' | 'pending' | 'failed';
  /** Include the balance transaction in the charge. */
  expanded?: boolean;
}

interface RefundOptions {
  status?: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
  /** When the refund failed. */
  failed?: Time;
  /** True if no money moved, as in the refund of an amount that was not captured. */
  withoutMovement?: boolean;
  /** True if the refund names the payment intent, but not the charge. */
  withoutCharge?: boolean;
  expanded?: boolean;
  reason?: 'requested_by_customer' | 'expired_uncaptured_charge';
}

interface CreditNoteOptions {
  /** A line names an invoice line, or is custom. Amounts are gross. */
  lines?: { line?: string; amount: number; discount?: number; tax?: number; inclusiveTax?: number }[];
  /** The amount of a credit note without lines. */
  amount?: number;
  /** The amount of the refund that is part of the credit note. */
  refund?: number;
  /** The whole amount of that refund, if it is more. */
  refunded?: number;
  /** The refund, if it was made before the credit note. */
  earlierRefund?: string;
  /** When the refund fails. */
  refundFails?: Time;
  outside?: number;
  balance?: number;
  /** The amount that reduced an open invoice. */
  prePayment?: number;
  voided?: Time;
}

interface DisputeOptions {
  status?: 'lost' | 'won' | 'under_review' | 'needs_response' | 'warning_needs_response' | 'warning_closed';
  /** The currency that the charge was settled in, and the rate. */
  settled?: { currency: string; rate: number };
}

/** A line of a full period, or of the first stub. */
export function regular(price: Price, period: [Time, Time], options: LineOptions = {}): Line {
  const amount = (price.unit ?? 0) * (options.quantity ?? 1);
  return { kind: 'regular', price, from: period[0], to: period[1], ...options, amount: options.amount ?? amount };
}

/** A line for the rest of a period: negative for unused time. */
export function proration(price: Price, period: [Time, Time], options: LineOptions & { amount: number }): Line {
  return { kind: 'proration', price, from: period[0], to: period[1], ...options };
}

/** A line that belongs to no subscription period, such as a set-up fee. */
export function single(price: Price, time: Time, options: LineOptions = {}): Line {
  return { kind: 'single', price, from: time, to: time, ...options, amount: options.amount ?? price.unit ?? 0 };
}

function sum(numbers: number[] = []): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function netOf(line: Line): number {
  return line.amount - sum(line.discounts) + (line.tax ?? 0);
}

/**
 * Collects the objects of a Stripe account in the order in which they were created.
 */
export class Account {
  readonly objects: object[] = [];
  readonly #charges = new Map<string, { customer: string | null; currency: string; intent: string; amount: number }>();
  readonly #invoices = new Map<string, { customer: string; currency: string; charge: string }>();
  readonly #subscriptions = new Map<string, { customer: string; lines: Map<string, Line> }>();
  readonly #canceled = new Map<string, { at: number; ended: number }>();
  #count = 0;
  readonly #currency: string;

  constructor(currency: string) {
    this.#currency = currency;
  }

  #id(prefix: string): string {
    this.#count += 1;
    return `${prefix}_${this.#count}`;
  }

  customer(id = 'cus_1', currency: string | null = this.#currency): void {
    const object: Json<Stripe.Customer> = {
      id,
      object: 'customer',
      balance: 0,
      created: toSeconds('2025-12-31'),
      currency,
      email: `${id}@example.com`,
      livemode: true,
      metadata: {},
    };
    this.objects.push(object);
  }

  deletedCustomer(id = 'cus_1'): void {
    const object: Json<Stripe.DeletedCustomer> = { id, object: 'customer', deleted: true };
    this.objects.push(object);
  }

  price(unit: number | null, interval: Interval | null, options: PriceOptions = {}): Price {
    const id = this.#id('price');
    const object: Json<Stripe.Price> = {
      id,
      object: 'price',
      active: true,
      billing_scheme: options.tiers === undefined ? 'per_unit' : 'tiered',
      created: toSeconds('2025-12-01'),
      currency: options.currency ?? this.#currency,
      custom_unit_amount: null,
      livemode: true,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: 'prod_1',
      recurring:
        interval === null
          ? null
          : {
              interval,
              interval_count: options.every ?? 1,
              meter: options.usage === 'metered' ? 'mtr_1' : null,
              trial_period_days: null,
              usage_type: options.usage ?? 'licensed',
            },
      tax_behavior: 'unspecified',
      tiers_mode: options.tiers ?? null,
      transform_quantity:
        options.package === undefined ? null : { divide_by: options.package.by, round: options.package.round },
      type: interval === null ? 'one_time' : 'recurring',
      unit_amount: unit,
      unit_amount_decimal: options.decimal ?? (unit === null ? null : String(unit)),
    };
    this.objects.push(object);
    return { id, unit, object };
  }

  invoice(created: Time, lines: Line[], options: InvoiceOptions = {}): Invoice {
    const id = this.#id('in');
    const customer = options.customer ?? 'cus_1';
    const currency = options.currency ?? this.#currency;
    const paid = options.paid === null ? null : toSeconds(options.paid ?? created);
    const lineObjects = lines.map((line) => this.#line(line, id, currency));
    const total = sum(lines.map(netOf));
    const due = Math.max(0, total) - (options.balance ?? 0) - (options.credited ?? 0);
    const outside = paid === null ? 0 : options.outside === 'all' ? due : (options.outside ?? 0);
    const subscription = lines.find((line) => line.kind !== 'single')?.subscription ?? 'sub_1';
    const object: Json<Stripe.Invoice> = {
      id,
      object: 'invoice',
      amount_due: due,
      amount_overpaid: 0,
      amount_paid: paid === null ? 0 : due,
      amount_paid_off_stripe: outside,
      amount_remaining: paid === null ? due : 0,
      billing_reason: lines.every((line) => line.kind === 'single') ? 'manual' : 'subscription_cycle',
      collection_method: options.net === undefined ? 'charge_automatically' : 'send_invoice',
      created: toSeconds(created),
      currency,
      customer,
      discounts: [],
      due_date: options.net === undefined ? null : toSeconds(created) + options.net * 86_400,
      ending_balance: 0,
      lines: { object: 'list', data: lineObjects, has_more: false, url: `/v1/invoices/${id}/lines` },
      livemode: true,
      metadata: {},
      number: `A-${this.#count}`,
      parent: lines.every((line) => line.kind === 'single')
        ? null
        : {
            type: 'subscription_details',
            quote_details: null,
            subscription_details: { metadata: {}, subscription },
          },
      period_end: toSeconds(created),
      period_start: toSeconds(created),
      post_payment_credit_notes_amount: 0,
      pre_payment_credit_notes_amount: options.credited ?? 0,
      starting_balance: -(options.balance ?? 0),
      status: paid === null ? (options.status ?? 'open') : 'paid',
      status_transitions: {
        finalized_at: options.status === 'draft' ? null : toSeconds(created),
        marked_uncollectible_at: options.status === 'uncollectible' ? toSeconds(created) + 86_400 * 30 : null,
        paid_at: paid,
        voided_at: options.status === 'void' ? toSeconds(created) + 86_400 : null,
      },
      subtotal: sum(lines.map((line) => line.amount)),
      test_clock: null,
      total,
      total_taxes: [],
    };
    this.objects.push(object);
    const rest = due - outside;
    const payments = options.payments ?? (paid === null || rest <= 0 ? [] : [[rest, options.paid ?? created] as const]);
    const charges = payments.map(([amount, time]) => {
      const charge = this.charge(amount, time, { customer, currency });
      this.payInvoice(id, charge, { amount, paid: time, by: options.by ?? 'payment_intent', currency });
      return charge;
    });
    this.#invoices.set(id, { customer, currency, charge: charges[0] ?? '' });
    for (const line of lines) {
      if (line.kind === 'single') continue;
      const name = line.subscription ?? 'sub_1';
      const known = this.#subscriptions.get(name) ?? { customer, lines: new Map<string, Line>() };
      known.lines.set(line.item ?? name.replace('sub_', 'si_'), line);
      this.#subscriptions.set(name, known);
    }
    return { id, lines: lineObjects.map((line) => line.id ?? ''), charge: charges[0] ?? '', charges };
  }

  #line(line: Line, invoice: string, currency: string): Json<Stripe.InvoiceLineItem> {
    const subscription = line.subscription ?? 'sub_1';
    const taxes: Json<Stripe.InvoiceLineItem.Tax>[] = [];
    for (const [amount, tax_behavior] of [
      [line.tax, 'exclusive'],
      [line.inclusiveTax, 'inclusive'],
    ] as const) {
      if (amount === undefined) continue;
      taxes.push({
        amount,
        tax_behavior,
        tax_rate_details: { tax_rate: `txr_${tax_behavior}` },
        taxability_reason: 'standard_rated',
        taxable_amount: line.amount - sum(line.discounts) - (tax_behavior === 'inclusive' ? amount : 0),
        type: 'tax_rate_details',
      });
    }
    return {
      id: this.#id('il'),
      object: 'line_item',
      amount: line.amount,
      currency,
      description: null,
      discount_amounts: (line.discounts ?? []).map((amount, index) => ({ amount, discount: `di_${index + 1}` })),
      discountable: line.kind !== 'proration',
      discounts: (line.discounts ?? []).map((_, index) => `di_${index + 1}`),
      invoice,
      livemode: true,
      metadata: {},
      parent:
        line.kind === 'single' || line.parent === 'invoice_item'
          ? {
              type: 'invoice_item_details',
              invoice_item_details: {
                invoice_item: this.#id('ii'),
                proration: line.kind === 'proration',
                proration_details: line.kind === 'proration' ? { credited_items: null } : null,
                subscription: line.kind === 'single' ? null : subscription,
              },
              subscription_item_details: null,
            }
          : {
              type: 'subscription_item_details',
              invoice_item_details: null,
              subscription_item_details: {
                invoice_item: line.kind === 'proration' ? this.#id('ii') : null,
                proration: line.kind === 'proration',
                proration_details: line.kind === 'proration' ? { credited_items: null } : null,
                subscription,
                subscription_item: line.item ?? subscription.replace('sub_', 'si_'),
              },
            },
      period: { start: toSeconds(line.from), end: toSeconds(line.to) },
      pretax_credit_amounts: (line.discounts ?? []).map((amount, index) => ({
        amount,
        discount: `di_${index + 1}`,
        type: 'discount',
      })),
      pricing: {
        type: 'price_details',
        price_details: { price: line.price.id, product: 'prod_1' },
        unit_amount_decimal: line.unit ?? (line.price.unit === null ? null : String(line.price.unit)),
      },
      quantity: line.quantity ?? 1,
      quantity_decimal: String(line.quantity ?? 1),
      subscription: line.kind === 'single' ? null : subscription,
      subtotal: line.amount,
      taxes,
    };
  }

  /** Adds a payment of an invoice: `paid` is null if it is open, and `charge` is not used for a payment outside Stripe. */
  payInvoice(
    invoice: string,
    charge: string,
    payment: {
      amount: number;
      paid: Time | null;
      by?: 'payment_intent' | 'charge' | 'payment_record';
      currency?: string;
    },
  ): void {
    const paid = payment.paid === null ? null : toSeconds(payment.paid);
    const object: Json<Stripe.InvoicePayment> = {
      id: this.#id('inpay'),
      object: 'invoice_payment',
      amount_paid: paid === null ? null : payment.amount,
      amount_requested: payment.amount,
      created: paid ?? toSeconds('01-01'),
      currency: payment.currency ?? this.#currency,
      invoice,
      is_default: true,
      livemode: true,
      payment:
        payment.by === 'charge'
          ? { type: 'charge', charge }
          : payment.by === 'payment_record'
            ? { type: 'payment_record', payment_record: this.#id('pr') }
            : { type: 'payment_intent', payment_intent: this.#charges.get(charge)?.intent ?? '' },
      status: paid === null ? 'open' : 'paid',
      status_transitions: { canceled_at: null, paid_at: paid },
    };
    this.objects.push(object);
  }

  charge(amount: number, created: Time, options: ChargeOptions = {}): string {
    const id = this.#id('ch');
    const customer = options.customer === undefined ? 'cus_1' : options.customer;
    const currency = options.currency ?? this.#currency;
    const status = options.status ?? 'succeeded';
    const intent = this.#id('pi');
    const captured = options.at !== null && status === 'succeeded';
    const capturedAmount = captured || status === 'pending' ? (options.captured ?? amount) : 0;
    const movement = captured
      ? this.#movement('charge', { amount: capturedAmount, created: options.at ?? created, currency, source: id })
      : null;
    const object: Json<Stripe.Charge> = {
      id,
      object: 'charge',
      amount,
      amount_captured: capturedAmount,
      amount_refunded: captured ? amount - capturedAmount : 0,
      balance_transaction: options.expanded === true ? movement : (movement?.id ?? null),
      captured: captured || status === 'pending',
      created: toSeconds(created),
      currency,
      customer,
      disputed: false,
      failure_balance_transaction: null,
      failure_code: status === 'failed' ? 'card_declined' : null,
      livemode: true,
      metadata: {},
      paid: status === 'succeeded',
      payment_intent: intent,
      refunded: false,
      status,
    };
    this.objects.push(object);
    if (movement !== null && options.expanded !== true) this.objects.push(movement);
    this.#charges.set(id, { customer, currency, intent, amount });
    return id;
  }

  #movement(
    type: 'charge' | 'refund' | 'refund_failure' | 'adjustment',
    movement: { amount: number; created: Time; currency: string; source: string; fee?: number; rate?: number },
  ): Json<Stripe.BalanceTransaction> {
    const fee = movement.fee ?? (type === 'charge' ? Math.round(movement.amount * 0.029) + 30 : 0);
    return {
      id: this.#id('txn'),
      object: 'balance_transaction',
      amount: movement.amount,
      available_on: toSeconds(movement.created) + 172_800,
      balance_type: 'payments',
      created: toSeconds(movement.created),
      currency: movement.currency,
      description: null,
      exchange_rate: movement.rate ?? null,
      fee,
      fee_details: [],
      net: movement.amount - fee,
      reporting_category: type === 'adjustment' ? 'dispute' : type,
      source: movement.source,
      status: 'available',
      type,
    };
  }

  refund(charge: string, amount: number, created: Time, options: RefundOptions = {}): string {
    const id = this.#id('re');
    const { currency = this.#currency, customer = null, intent = null } = this.#charges.get(charge) ?? {};
    const movement =
      options.withoutMovement === true || options.status === 'canceled'
        ? null
        : this.#movement('refund', { amount: -amount, created, currency, source: id });
    const failure =
      options.failed === undefined
        ? undefined
        : this.#movement('refund_failure', { amount, created: options.failed, currency, source: id });
    const object: Json<Stripe.Refund> = {
      id,
      object: 'refund',
      amount,
      balance_transaction: options.expanded === true ? movement : (movement?.id ?? null),
      charge: options.withoutCharge === true ? null : charge,
      created: toSeconds(created),
      currency,
      customer,
      metadata: {},
      payment_intent: intent,
      reason: options.reason ?? null,
      receipt_number: null,
      status: failure === undefined ? (options.status ?? 'succeeded') : 'failed',
    };
    if (failure !== undefined) {
      object.failure_balance_transaction = options.expanded === true ? failure : (failure.id ?? '');
      object.failure_reason = 'declined';
    }
    this.objects.push(object);
    if (options.expanded !== true) {
      if (movement !== null) this.objects.push(movement);
      if (failure !== undefined) this.objects.push(failure);
    }
    return id;
  }

  creditNote(invoice: Invoice, created: Time, options: CreditNoteOptions): string {
    const id = this.#id('cn');
    const { currency = this.#currency, customer = '', charge = '' } = this.#invoices.get(invoice.id) ?? {};
    const lines = options.lines ?? [];
    const amount = options.amount ?? sum(lines.map((line) => line.amount - (line.discount ?? 0) + (line.tax ?? 0)));
    const prePayment = options.prePayment ?? 0;
    const refundOptions = options.refundFails === undefined ? {} : { failed: options.refundFails };
    const refund =
      options.earlierRefund ??
      (options.refund === undefined
        ? undefined
        : this.refund(charge, options.refunded ?? options.refund, created, refundOptions));
    const object: Json<Stripe.CreditNote> = {
      id,
      object: 'credit_note',
      amount,
      amount_shipping: 0,
      created: toSeconds(created),
      currency,
      customer,
      customer_balance_transaction: options.balance === undefined ? null : this.#id('cbtxn'),
      discount_amount: sum(lines.map((line) => line.discount ?? 0)),
      discount_amounts: [],
      effective_at: toSeconds(created),
      invoice: invoice.id,
      lines: {
        object: 'list',
        data: lines.map((line) => this.#creditNoteLine(line)),
        has_more: false,
        url: `/v1/credit_notes/${id}/lines`,
      },
      livemode: true,
      memo: null,
      metadata: {},
      number: `A-CN-${this.#count}`,
      out_of_band_amount: options.outside ?? null,
      post_payment_amount: amount - prePayment,
      pre_payment_amount: prePayment,
      reason: null,
      refunds:
        refund === undefined
          ? []
          : [{ amount_refunded: options.refund ?? 0, payment_record_refund: null, refund, type: 'refund' }],
      shipping_cost: null,
      status: options.voided === undefined ? 'issued' : 'void',
      subtotal: amount - sum(lines.map((line) => line.tax ?? 0)),
      total: amount,
      type: prePayment === amount ? 'pre_payment' : prePayment === 0 ? 'post_payment' : 'mixed',
      voided_at: options.voided === undefined ? null : toSeconds(options.voided),
    };
    this.objects.push(object);
    return id;
  }

  #creditNoteLine(line: NonNullable<CreditNoteOptions['lines']>[number]): Json<Stripe.CreditNoteLineItem> {
    const taxes = [
      { amount: line.tax, tax_behavior: 'exclusive' },
      { amount: line.inclusiveTax, tax_behavior: 'inclusive' },
    ].flatMap(({ amount, tax_behavior }) =>
      amount === undefined
        ? []
        : [
            {
              amount,
              tax_behavior,
              tax_rate_details: { tax_rate: `txr_${tax_behavior}` },
              taxability_reason: 'standard_rated',
              taxable_amount: line.amount,
              type: 'tax_rate_details' as const,
            },
          ],
    );
    const object: Json<Stripe.CreditNoteLineItem> = {
      id: this.#id('cnli'),
      object: 'credit_note_line_item',
      amount: line.amount,
      description: null,
      discount_amount: line.discount ?? 0,
      discount_amounts: line.discount === undefined ? [] : [{ amount: line.discount, discount: 'di_1' }],
      livemode: true,
      metadata: {},
      quantity: line.line === undefined ? 1 : null,
      tax_rates: [],
      taxes,
      type: line.line === undefined ? 'custom_line_item' : 'invoice_line_item',
      unit_amount: line.line === undefined ? line.amount : null,
      unit_amount_decimal: line.line === undefined ? String(line.amount) : null,
    };
    if (line.line !== undefined) object.invoice_line_item = line.line;
    return object;
  }

  /** The movements are negative for money that the customer's bank took, and positive for money that it gave back. */
  dispute(charge: string, movements: [amount: number, created: Time][], options: DisputeOptions = {}): string {
    const id = this.#id('du');
    const { currency = this.#currency, intent = null, amount = 0 } = this.#charges.get(charge) ?? {};
    const { settled = { currency, rate: 1 } } = options;
    const object: Json<Stripe.Dispute> = {
      id,
      object: 'dispute',
      amount: movements[0] === undefined ? amount : Math.abs(movements[0][0]),
      balance_transactions: movements.map(([moved, created]) => {
        const movement = { created, currency: settled.currency, source: id, fee: moved < 0 ? 1500 : 0 };
        const value = Math.round(moved * settled.rate);
        return this.#movement(
          'adjustment',
          settled.currency === currency
            ? { ...movement, amount: value }
            : { ...movement, amount: value, rate: settled.rate },
        );
      }),
      charge,
      created: toSeconds(movements[0]?.[1] ?? '01-20'),
      currency,
      is_charge_refundable: false,
      livemode: true,
      metadata: {},
      payment_intent: intent,
      reason: 'fraudulent',
      status: options.status ?? (movements.length > 1 ? 'won' : 'lost'),
    };
    this.objects.push(object);
    return id;
  }

  /** Cancels a subscription: `ended` is when it ends. */
  cancel(at: Time, ended: Time = at, subscription = 'sub_1'): void {
    this.#canceled.set(subscription, { at: toSeconds(at), ended: toSeconds(ended) });
  }

  /** Adds the subscriptions that the invoices name, as Stripe has them in the end. */
  finish(): void {
    for (const [id, { customer, lines }] of this.#subscriptions) {
      const canceled = this.#canceled.get(id);
      const starts = [...lines.values()].map((line) => toSeconds(line.from));
      const object: Json<Stripe.Subscription> = {
        id,
        object: 'subscription',
        billing_cycle_anchor: Math.min(...starts),
        cancel_at_period_end: canceled !== undefined && canceled.ended > canceled.at,
        canceled_at: canceled?.at ?? null,
        collection_method: 'charge_automatically',
        created: Math.min(...starts),
        currency: this.#currency,
        customer,
        discounts: [],
        ended_at: canceled?.ended ?? null,
        items: {
          object: 'list',
          data: [...lines].map(([item, line]) => ({
            id: item,
            object: 'subscription_item',
            current_period_end: toSeconds(line.to),
            current_period_start: toSeconds(line.from),
            price: line.price.object,
            quantity: line.quantity ?? 1,
            subscription: id,
          })),
          has_more: false,
          url: `/v1/subscription_items?subscription=${id}`,
        },
        livemode: true,
        metadata: {},
        start_date: Math.min(...starts),
        status: canceled === undefined ? 'active' : 'canceled',
        test_clock: null,
        trial_end: null,
        trial_start: null,
      };
      this.objects.push(object);
    }
  }
}
