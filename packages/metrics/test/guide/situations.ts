import {
  createBalanceTransaction,
  createCharge,
  createCreditNote,
  createDispute,
  createInvoice,
  createLine,
  createOtherLine,
  createPrice,
  createRefund,
  type StripeObject,
  toSeconds,
} from './stripe-objects.ts';

/** The Stripe objects of a situation that the guide about metrics describes. */
export interface Situation {
  readonly objects: readonly StripeObject[];
  /** When the event of the situation happens, if it does not change the figures. */
  readonly event?: string;
}

const JANUARY = ['2026-01-01', '2026-02-01'] as const;
const FEBRUARY = ['2026-02-01', '2026-03-01'] as const;
const YEAR = ['2026-01-01', '2027-01-01'] as const;
const SECOND_HALF_OF_JANUARY = ['2026-01-16T12:00', '2026-02-01'] as const;

const MONTHLY_30 = createPrice(3000, 'month');
const MONTHLY_40 = createPrice(4000, 'month');
const MONTHLY_50 = createPrice(5000, 'month');
const MONTHLY_100 = createPrice(10_000, 'month');
const YEARLY_1200 = createPrice(120_000, 'year');
const SEAT = createPrice(1000, 'month');

const january = (price = MONTHLY_100, more?: StripeObject) =>
  createInvoice('january', [createLine(price, JANUARY, more)], { created: '2026-01-01' });
const year = createInvoice('year', [createLine(YEARLY_1200, YEAR)], { created: '2026-01-01' });

const trial = createInvoice('trial', [createLine(MONTHLY_100, ['2026-01-01', '2026-01-15'], { amount: 0 })], {
  created: '2026-01-01',
});
const couponMonth = january(MONTHLY_100, { discount_amounts: [{ amount: 5000, discount: 'di_1' }] });

/** Credits the rest of January for one price and charges it for another. */
const creditOfJanuary = (price: typeof MONTHLY_30, amount: number, more?: StripeObject) =>
  createLine(price, SECOND_HALF_OF_JANUARY, { amount, proration: true, ...more });
const upgrade = [creditOfJanuary(MONTHLY_30, -1500), creditOfJanuary(MONTHLY_40, 2000)];

const downgrade = createInvoice(
  'july',
  [
    createLine(YEARLY_1200, ['2026-07-01', '2027-01-01'], { amount: -60_493, proration: true }),
    createLine(createPrice(12_000, 'month'), ['2026-07-01', '2026-08-01']),
  ],
  { created: '2026-07-01' },
);

const TERMS_SECONDS = 30 * 24 * 60 * 60;

/** The invoices of January and February, which are sent with 30 days to pay. */
const sent = (paid: string | null) =>
  [
    { period: JANUARY, paid: JANUARY[0] },
    { period: FEBRUARY, paid },
  ].flatMap(({ period, paid }, index) =>
    createInvoice(`sent${index}`, [createLine(MONTHLY_100, period)], {
      created: period[0],
      paid,
      more: { collection_method: 'send_invoice', due_date: toSeconds(period[0]) + TERMS_SECONDS },
    }),
  );

const cancelled = (time: string): StripeObject => ({
  object: 'subscription',
  id: 'sub_1',
  customer: 'cus_1',
  status: 'canceled',
  canceled_at: toSeconds(time),
  ended_at: toSeconds(time),
});

const setUp = createInvoice('january', [createLine(MONTHLY_50, JANUARY), createOtherLine(9900, '2026-01-01')], {
  created: '2026-01-01',
});
const withdrawal = createBalanceTransaction('withdrawn', -120_000, '2026-01-20');
const failedRefund = {
  status: 'failed',
  failure_balance_transaction: createBalanceTransaction('failed', 120_000, '2026-03-10'),
};

/** The situations by their text in the first column of the tables. */
export const SITUATIONS: Readonly<Record<string, Situation>> = {
  // Subscriptions that begin
  'The customer pays $100.00 for a month': { objects: january() },
  'The customer pays $1,200.00 for a year': { objects: year },
  'The customer pays $3,600.00 for three years': {
    objects: createInvoice(
      'years',
      [createLine(createPrice(360_000, 'year', { interval_count: 3 }), ['2026-01-01', '2029-01-01'])],
      { created: '2026-01-01' },
    ),
  },
  'The customer pays $7.00 for a week': {
    objects: createInvoice('week', [createLine(createPrice(700, 'week'), ['2026-01-01', '2026-01-08'])], {
      created: '2026-01-01',
    }),
  },
  'The customer pays for 5 seats at $10.00 a month': { objects: january(SEAT, { quantity: 5 }) },
  'The customer pays $100.00 plus 20% tax for a month': {
    objects: january(MONTHLY_100, { taxes: [{ amount: 2000, tax_behavior: 'exclusive' }] }),
  },
  'A free trial of 14 days begins on 1 January': { objects: trial, event: '2026-01-01' },
  'The trial ends, and the customer pays $100.00 for a month': {
    objects: [
      ...trial,
      ...createInvoice('paid', [createLine(MONTHLY_100, ['2026-01-15', '2026-02-15'])], { created: '2026-01-15' }),
    ],
  },
  'A coupon halves the first month of $100.00': { objects: couponMonth },
  'The customer pays the second month in full': {
    objects: [
      ...couponMonth,
      ...createInvoice('february', [createLine(MONTHLY_100, FEBRUARY)], { created: '2026-02-01' }),
    ],
  },
  'A coupon makes the first month of $100.00 free': {
    objects: january(MONTHLY_100, { discount_amounts: [{ amount: 10_000, discount: 'di_1' }] }),
    event: '2026-01-01',
  },
  'The customer pays $38.71 for 20 to 31 January, then $100.00 a month': {
    objects: createInvoice(
      'days',
      [createLine(MONTHLY_100, ['2026-01-20', '2026-02-01'], { amount: 3871, proration: true })],
      { created: '2026-01-20' },
    ),
  },
  'The customer also pays $30.00 for a month of a second subscription': {
    objects: [
      ...january(),
      ...createInvoice(
        'second',
        [createLine(MONTHLY_30, ['2026-01-16', '2026-02-16'], { subscription: 'sub_2', item: 'si_2' })],
        { created: '2026-01-16' },
      ),
    ],
  },

  // Subscriptions that change
  'Upgrade from $30.00 to $40.00 a month, and the difference of $5.00 is paid at once': {
    objects: [...january(MONTHLY_30), ...createInvoice('upgrade', upgrade, { created: '2026-01-16T12:00' })],
  },
  'The same upgrade on 16 January, but the difference is on the next invoice': {
    objects: [
      ...january(MONTHLY_30),
      ...createInvoice('february', [...upgrade, createLine(MONTHLY_40, FEBRUARY)], { created: '2026-02-01' }),
    ],
  },
  'From 5 seats to 3 at $10.00 a month, and $10.00 is credited to the balance': {
    objects: [
      ...january(SEAT, { quantity: 5 }),
      ...createInvoice(
        'seats',
        [creditOfJanuary(SEAT, -2500, { quantity: 5 }), creditOfJanuary(SEAT, 1500, { quantity: 3 })],
        { created: '2026-01-16T12:00' },
      ),
    ],
  },
  'From $30.00 a month to $300.00 a year, and $285.00 is paid at once': {
    objects: [
      ...january(MONTHLY_30),
      ...createInvoice(
        'year',
        [
          creditOfJanuary(MONTHLY_30, -1500),
          createLine(createPrice(30_000, 'year'), ['2026-01-16T12:00', '2027-01-16T12:00']),
        ],
        { created: '2026-01-16T12:00' },
      ),
    ],
  },
  'From $1,200.00 a year to $120.00 a month, and the rest is credited to the balance': {
    objects: [...year, ...downgrade],
  },
  'The next month is paid from the balance': {
    objects: [
      ...year,
      ...downgrade,
      ...createInvoice('august', [createLine(createPrice(12_000, 'month'), ['2026-08-01', '2026-09-01'])], {
        created: '2026-08-01',
        charged: 0,
      }),
    ],
    event: '2026-08-01',
  },

  // Renewals and cancellations
  'The renewal of 1 February is paid five hours late': {
    objects: [
      ...january(),
      ...createInvoice('february', [createLine(MONTHLY_100, FEBRUARY)], {
        created: '2026-02-01',
        paid: '2026-02-01T05:00',
      }),
    ],
  },
  'The renewal of 1 February is not paid': {
    objects: [
      ...january(),
      ...createInvoice('february', [createLine(MONTHLY_100, FEBRUARY)], { created: '2026-02-01', paid: null }),
    ],
  },
  'The same renewal is paid on 4 February': {
    objects: [
      ...january(),
      ...createInvoice('february', [createLine(MONTHLY_100, FEBRUARY)], { created: '2026-02-01', paid: '2026-02-04' }),
    ],
  },
  'Invoices are sent with 30 days to pay, and the one of 1 February is not paid': { objects: sent(null) },
  'The same invoice is paid on 20 February': { objects: sent('2026-02-20') },
  'The customer cancels on 16 January, and gets no money back': { objects: [...january(), cancelled('2026-01-16')] },
  'The customer cancels a year of $1,200.00 on 1 July, and gets no money back': {
    objects: [...year, cancelled('2026-07-01')],
    event: '2026-07-01',
  },
  'The customer cancels, and the unused $50.00 is credited to the balance': {
    objects: [
      ...january(),
      ...createInvoice('credit', [creditOfJanuary(MONTHLY_100, -5000)], { created: '2026-01-16T12:00' }),
    ],
  },
  'Collection is paused, and the invoice of 1 February is voided': {
    objects: [
      ...january(),
      ...createInvoice('february', [createLine(MONTHLY_100, FEBRUARY)], {
        created: '2026-02-01',
        paid: null,
        more: { status: 'void' },
      }),
    ],
  },
  'A year of $1,200.00 is not renewed on 1 January 2027': { objects: year },

  // Refunds, credit notes and disputes
  'The whole $1,200.00 is refunded': { objects: [...year, createRefund('year', 120_000, '2026-03-01')] },
  'This refund fails': { objects: [...year, createRefund('year', 120_000, '2026-03-01', failedRefund)] },
  'Half of it, $600.00, is refunded when half of the year is over': {
    objects: [...year, createRefund('year', 60_000, '2026-07-02T12:00')],
  },
  '$5.00 is refunded as goodwill': { objects: [...year, createRefund('year', 500, '2026-12-15')] },
  'A credit note of $120.00 for the subscription is refunded': {
    objects: [
      ...year,
      createCreditNote('year', 12_000, '2026-01-10', { refunds: [{ refund: 're_year', amount_refunded: 12_000 }] }),
      createRefund('year', 12_000, '2026-01-10'),
    ],
  },
  'A credit note of $120.00 for the subscription is credited to the balance': {
    objects: [...year, createCreditNote('year', 12_000, '2026-01-10', {})],
  },
  'The customer disputes the payment, and the bank withdraws $1,200.00': {
    objects: [...year, createDispute('year', 120_000, [withdrawal])],
  },
  'You win the dispute, and the bank returns the money': {
    objects: [
      ...year,
      createDispute('year', 120_000, [withdrawal, createBalanceTransaction('returned', 120_000, '2026-02-10')]),
    ],
  },
  'The bank only inquires about the payment on 20 January': {
    objects: [...year, createDispute('year', 120_000, [])],
    event: '2026-01-20',
  },
  'A set-up fee of $99.00 was on the invoice of $50.00 a month, and the fee is refunded': {
    objects: [...setUp, createRefund('january', 9900, '2026-01-10')],
  },
  '$10.00 of a month of $100.00 is refunded': {
    objects: [...january(), createRefund('january', 1000, '2026-01-10')],
  },
  'The whole month of $100.00 is refunded': {
    objects: [...january(), createRefund('january', 10_000, '2026-01-10')],
  },

  // Other payments
  'The customer buys something for $99.00, without a subscription': {
    objects: createInvoice('once', [createOtherLine(9900, '2026-01-01')], { created: '2026-01-01' }),
  },
  'A set-up fee of $99.00 is on the invoice of $50.00 a month': { objects: setUp },
  'Metered usage of $23.45 is on the invoice of $50.00 a month': {
    objects: createInvoice(
      'january',
      [
        createLine(MONTHLY_50, JANUARY),
        createLine(createPrice(1, 'month', { usage_type: 'metered' }), JANUARY, { amount: 2345, item: 'si_2' }),
      ],
      { created: '2026-01-01' },
    ),
  },
  'A payment of $80.00 is authorised on 5 January and captured on 9 January': {
    objects: [
      createCharge('captured', 8000, {
        created: toSeconds('2026-01-05'),
        balance_transaction: createBalanceTransaction('captured', 8000, '2026-01-09'),
      }),
    ],
  },
  'An invoice of $50.00 a month is paid wholly from the balance': {
    objects: createInvoice('january', [createLine(MONTHLY_50, JANUARY)], { created: '2026-01-01', charged: 0 }),
  },
  'You mark an invoice of $100.00 a month as paid outside Stripe': {
    objects: createInvoice('january', [createLine(MONTHLY_100, JANUARY)], {
      created: '2026-01-01',
      charged: 0,
      more: { amount_paid_off_stripe: 10_000 },
    }),
  },
  'The customer pays $30.00 a month, and then also €50.00 for a month': {
    objects: [
      ...january(MONTHLY_30),
      ...createInvoice(
        'euro',
        [
          createLine(createPrice(5000, 'month', { currency: 'eur' }), ['2026-01-16', '2026-02-16'], {
            subscription: 'sub_2',
            item: 'si_2',
          }),
        ],
        { created: '2026-01-16' },
      ),
    ],
  },
};
