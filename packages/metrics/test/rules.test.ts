import { describe, expect, test } from 'vitest';
import { computeSnapshot, findNextChange } from '../src/index.ts';
import { MinimalAccount } from './minimal-account.ts';
import { toSeconds } from './time.ts';

const JANUARY = { start: '2026-01-01', end: '2026-02-01' };
const FEBRUARY = { start: '2026-02-01', end: '2026-03-01' };
const YEAR = { start: '2026-01-01', end: '2027-01-01', interval: 'year' } as const;
const MIDDLE = { start: '2026-01-16T12:00', end: '2026-02-01' };

/** Builds an account and returns MRR, count and contract value at each time. */
function compute(build: (account: MinimalAccount) => void, times: readonly string[]): string[] {
  const account = new MinimalAccount();
  build(account);
  return times.map((time) => account.at(time));
}

describe('line-net', () => {
  test('inclusive taxes are part of the amount, exclusive taxes are added', () => {
    const figures = compute(
      (a) => {
        a.invoice([{ ...JANUARY, amount: 5000, tax: 1000, discount: 500 }]);
        for (const line of a.listLines()) line.taxes = [...line.taxes, { amount: 300, tax_behavior: 'inclusive' }];
      },
      ['2026-01-10'],
    );
    expect(figures).toEqual(['5500/1/5500']);
  });

  test('without discount_amounts, the discounts are in pretax_credit_amounts', () => {
    const account = new MinimalAccount();
    account.invoice([{ ...JANUARY, amount: 5000 }]);
    for (const line of account.listLines()) {
      line.discount_amounts = null;
      line.pretax_credit_amounts = [
        { amount: 1000, type: 'discount' },
        { amount: 700, type: 'credit_balance_transaction' },
      ];
    }
    expect(account.at('2026-01-10')).toBe('4000/1/5000');
  });
});

describe('mrr-lines', () => {
  test.each([
    ['a price with a meter', { recurring: { interval: 'month', meter: 'mtr_1', usage_type: 'licensed' } }],
    ['a metered price', { recurring: { interval: 'month', usage_type: 'metered' } }],
    ['a price that is not recurring', { recurring: null, type: 'one_time' }],
  ])('%s is not part of the MRR', (_, members) => {
    const account = new MinimalAccount();
    account.invoice([{ ...JANUARY, amount: 5000 }]);
    for (const object of account.objects) if (object.object === 'price') Object.assign(object, members);
    expect(account.at('2026-01-10')).toBe('0/0/5000');
  });

  test('an invoice item that is no proration is not part of the MRR', () => {
    expect(compute((a) => a.invoice([{ ...JANUARY, amount: 5000, item: null }]), ['2026-01-10'])).toEqual(['0/0/5000']);
  });
});

describe('item-of-line', () => {
  const proration = { ...MIDDLE, item: null, isProration: true } as const;

  test('a credit of an invoice item belongs to the item of the line that it credits', () => {
    const figures = compute(
      (a) => {
        const { lines } = a.invoice([
          { ...JANUARY, amount: 3000, unit: 3000, id: 'il_a', item: 'si_a' },
          { ...JANUARY, amount: 3000, unit: 3000, item: 'si_b' },
        ]);
        a.invoice([{ ...proration, amount: -1500, unit: 3000, credits: lines.slice(0, 1) }]);
        // The item that was given back is not renewed.
        a.invoice([{ ...FEBRUARY, amount: 3000, unit: 3000, item: 'si_b' }]);
      },
      ['2026-01-10', '2026-01-20', '2026-02-01T05:00'],
    );
    expect(figures).toEqual(['6000/1/6000', '3000/1/6000', '3000/1/9000']);
  });

  test('a credit of a credit belongs to the same item', () => {
    const figures = compute(
      (a) => {
        const { lines } = a.invoice([
          { ...JANUARY, amount: 3000, unit: 3000, item: 'si_a' },
          { ...JANUARY, amount: 3000, unit: 3000, item: 'si_b' },
        ]);
        const { lines: credits } = a.invoice([{ ...proration, amount: -1500, unit: 3000, credits: lines.slice(0, 1) }]);
        a.invoice([{ ...proration, start: '2026-01-24', amount: 774, unit: 3000, credits }], { paid: '2026-01-24' });
      },
      ['2026-01-20', '2026-01-25'],
    );
    expect(figures).toEqual(['3000/1/6000', '6000/1/6774']);
  });

  test('without a credited line, it belongs to the only item with the price and period end', () => {
    const figures = compute(
      (a) => {
        a.invoice([
          { ...JANUARY, amount: 3000, unit: 3000, item: 'si_a' },
          { ...YEAR, amount: 12000, unit: 12000, item: 'si_b' },
        ]);
        a.invoice([{ ...proration, amount: 1500, unit: 3000 }]);
        a.invoice([{ ...FEBRUARY, amount: 6000, unit: 3000, quantity: 2, item: 'si_a' }]);
      },
      ['2026-01-20', '2026-02-01T05:00'],
    );
    expect(figures).toEqual(['7000/1/16500', '7000/1/22500']);
  });

  test('unknown credited lines are skipped', () => {
    const figures = compute(
      (a) => {
        a.invoice([
          { ...JANUARY, amount: 3000, unit: 3000, id: 'il_a', item: 'si_a' },
          { ...JANUARY, amount: 3000, unit: 3000, item: 'si_b' },
        ]);
        a.invoice([{ ...proration, amount: 1500, unit: 3000, credits: ['il_unknown', 'il_a'] }]);
        a.invoice([{ ...YEAR, start: '2026-01-20', end: '2027-01-20', amount: 12000, item: 'si_a' }]);
      },
      ['2026-01-19', '2026-01-20'],
    );
    // The annual period of the item ends its monthly period, with the proration.
    expect(figures).toEqual(['9000/1/7500', '4000/1/19500']);
  });

  test('the line of a new price belongs to the item that the same change credits', () => {
    const sent = { created: '2026-01-01', due: '2026-01-31' };
    const account = new MinimalAccount();
    const { lines } = account.invoice(
      [
        { ...JANUARY, amount: 3000, unit: 3000, item: 'si_a' },
        { ...JANUARY, amount: 9000, unit: 9000, item: 'si_b' },
      ],
      { sent },
    );
    account.invoice([
      { ...proration, amount: -1500, unit: 3000, credits: lines.slice(0, 1) },
      { ...proration, amount: 2000, unit: 4000 },
    ]);
    // The payment terms of the item last longer than those of the change.
    expect(account.at('2026-02-10')).toBe('13000/1/12500');
  });

  test('a new price belongs to the only item of the subscription, so that the renewal replaces it', () => {
    const figures = compute(
      (a) => {
        a.invoice([{ ...JANUARY, amount: 3000, unit: 3000 }]);
        a.invoice([
          { ...proration, amount: -1500, unit: 3000 },
          { ...proration, amount: 2000, unit: 4000 },
        ]);
        a.invoice([{ ...FEBRUARY, amount: 4000, unit: 4000 }]);
      },
      ['2026-01-20', '2026-02-01T05:00'],
    );
    expect(figures).toEqual(['4000/1/3500', '4000/1/7500']);
  });
});

describe('billing-period', () => {
  test('an invoice of an earlier period that is paid later does not replace the newest period', () => {
    const figures = compute(
      (a) => {
        a.invoice([{ ...JANUARY, amount: 1000 }]);
        a.invoice([{ ...FEBRUARY, amount: 2000 }], { paid: '2026-03-05' });
        a.invoice([{ start: '2026-03-01', end: '2026-04-01', amount: 3000 }]);
      },
      ['2026-02-10', '2026-03-02', '2026-03-06'],
    );
    expect(figures).toEqual(['0/0/1000', '3000/1/4000', '3000/1/6000']);
  });

  test('a period that is paid in advance begins at its start', () => {
    const figures = compute(
      (a) => {
        a.invoice([{ ...JANUARY, amount: 1000 }]);
        a.invoice([{ ...FEBRUARY, amount: 2000 }], { paid: '2026-01-20' });
      },
      ['2026-01-25', '2026-02-01'],
    );
    expect(figures).toEqual(['1000/1/3000', '2000/1/3000']);
  });

  test('tiers of one price count together', () => {
    const figures = compute(
      (a) =>
        a.invoice([
          { ...JANUARY, amount: 1000 },
          { ...JANUARY, amount: 500 },
        ]),
      ['2026-01-10'],
    );
    expect(figures).toEqual(['1500/1/1500']);
  });

  test('the items of a subscription count once', () => {
    const figures = compute(
      (a) =>
        a.invoice([
          { ...JANUARY, amount: 1000, item: 'si_1' },
          { ...YEAR, amount: 1200, item: 'si_2' },
        ]),
      ['2026-01-10', '2026-03-10'],
    );
    expect(figures).toEqual(['1100/1/2200', '100/1/2200']);
  });

  test.each([
    ['the later payment', '2026-01-02', '2026-01-03', '200/1/3400'],
    ['the later payment of the other', '2026-01-03', '2026-01-02', '1000/1/3400'],
    ['the later end, if both were paid at once', '2026-01-02', '2026-01-02', '200/1/3400'],
  ])('of two periods with the same start, the newest is that with %s', (_, month, year, expected) => {
    const account = new MinimalAccount();
    account.invoice([{ ...JANUARY, amount: 1000 }], { paid: month });
    account.invoice([{ ...YEAR, amount: 2400 }], { paid: year });
    expect(account.at('2026-01-10')).toBe(expected);
  });

  test('the latest payment of a period counts', () => {
    const account = new MinimalAccount();
    account.invoice([{ ...JANUARY, amount: 3000, unit: 3000 }]);
    account.invoice([{ ...YEAR, amount: 2400 }], { paid: '2026-01-10' });
    account.invoice([{ ...MIDDLE, amount: 1500, unit: 3000, isProration: true }]);
    expect(['2026-01-10', '2026-01-20'].map((time) => account.at(time))).toEqual(['200/1/5400', '6000/1/6900']);
  });

  test('a proration that never counts is no newer period', () => {
    const account = new MinimalAccount();
    account.invoice([{ ...YEAR, amount: 12000 }]);
    account.invoice([{ start: '2026-01-10', end: '2026-01-20', amount: 100, isProration: true }], {
      paid: '2026-01-25',
    });
    expect(account.at('2026-01-26')).toBe('1000/1/12100');
  });
});

describe('in-force', () => {
  test('a proration that is paid with the renewal never counts', () => {
    const figures = compute(
      (a) => {
        a.invoice([{ ...JANUARY, amount: 3000, unit: 3000 }]);
        a.invoice(
          [
            { ...MIDDLE, amount: -1500, unit: 3000, isProration: true },
            { ...MIDDLE, amount: 2000, unit: 4000, isProration: true },
            { ...FEBRUARY, amount: 4000, unit: 4000 },
          ],
          { paid: '2026-02-01T01:00' },
        );
      },
      ['2026-01-20', '2026-02-01', '2026-02-01T01:00'],
    );
    expect(figures).toEqual(['3000/1/3000', '3000/1/3000', '4000/1/7500']);
  });

  test('a proration that is paid at the end of its period never counts', () => {
    const stub = { start: '2026-01-20', end: '2026-02-01', amount: 3871, unit: 10000, isProration: true };
    expect(compute((a) => a.invoice([stub], { paid: '2026-02-01' }), ['2026-02-01T05:00'])).toEqual(['0/0/3871']);
  });
});

describe('grace', () => {
  test.each([
    ['charged automatically', undefined, ['2026-02-01T23:59', '2026-02-02']],
    ['sent, due after 30 days', { created: '2026-01-01', due: '2026-01-31' }, ['2026-03-02T23:59', '2026-03-03']],
    ['sent, due after 3 hours', { created: '2026-01-01', due: '2026-01-01T03:00' }, ['2026-02-01T23:59', '2026-02-02']],
  ])('%s', (_, sent, times) => {
    expect(compute((a) => a.invoice([{ ...JANUARY, amount: 1000 }], sent && { sent }), times)).toEqual([
      '1000/1/1000',
      '0/0/1000',
    ]);
  });

  test('a first period that has only a proration line has the grace', () => {
    const stub = { start: '2026-01-20', end: '2026-02-01', amount: 3871, unit: 10000, isProration: true };
    expect(compute((a) => a.invoice([stub]), ['2026-02-01T05:00', '2026-02-02'])).toEqual(['10000/1/3871', '0/0/3871']);
  });

  test('seats that were given back stay given back', () => {
    const figures = compute(
      (a) => {
        a.invoice([{ ...JANUARY, amount: 5000, unit: 1000, quantity: 5 }]);
        a.invoice([{ ...MIDDLE, amount: -1000, unit: 1000, quantity: 2, isProration: true }]);
      },
      ['2026-01-20', '2026-02-01T05:00'],
    );
    expect(figures).toEqual(['3000/1/5000', '3000/1/5000']);
  });

  test('an item without a credit ends when its subscription is renewed without it', () => {
    const figures = compute(
      (a) => {
        a.invoice([
          { ...JANUARY, amount: 3000, unit: 3000, item: 'si_a' },
          { ...JANUARY, amount: 2000, unit: 2000, item: 'si_b' },
        ]);
        a.invoice([{ ...JANUARY, amount: 700, unit: 700, item: 'si_c', subscription: 'sub_2' }]);
        a.invoice([{ ...FEBRUARY, amount: 3000, unit: 3000, item: 'si_a' }], { paid: '2026-02-01T01:00' });
      },
      ['2026-01-10', '2026-02-01T00:59', '2026-02-01T01:00', '2026-02-02T00:00'],
    );
    expect(figures).toEqual(['5700/2/5700', '5700/2/5700', '3700/2/8700', '3000/1/8700']);
  });

  test('an upgrade of a period that was not paid lasts as a whole', () => {
    const figures = compute(
      (a) => {
        a.invoice([
          { ...MIDDLE, amount: -1500, unit: 3000, isProration: true },
          { ...MIDDLE, amount: 2000, unit: 4000, isProration: true },
        ]);
      },
      ['2026-01-20', '2026-02-01T05:00'],
    );
    expect(figures).toEqual(['1000/1/500', '1000/1/500']);
  });

  test('the terms are those of the regular line', () => {
    const account = new MinimalAccount();
    account.invoice([{ ...JANUARY, amount: 3000, unit: 3000 }]);
    const sent = { created: '2026-01-16', due: '2026-02-15' };
    account.invoice([{ ...MIDDLE, amount: 500, unit: 1000, isProration: true }], { sent });
    expect(['2026-02-01T12:00', '2026-02-02'].map((time) => account.at(time))).toEqual(['4000/1/3500', '0/0/3500']);
  });
});

describe('credit-notes', () => {
  test('a note counts until it is voided', () => {
    const figures = compute(
      (a) => {
        const { id } = a.invoice([{ ...JANUARY, amount: 5000 }]);
        const voided_at = toSeconds('2026-01-20');
        a.creditNote(id, 1000, { at: '2026-01-10', members: { voided_at, status: 'void' } });
      },
      ['2026-01-09', '2026-01-10', '2026-01-20'],
    );
    expect(figures).toEqual(['5000/1/5000', '4000/1/5000', '5000/1/5000']);
  });

  test('custom lines are spread over all lines', () => {
    const figures = compute(
      (a) => {
        const { id } = a.invoice([
          { ...JANUARY, amount: 3000 },
          { amount: 1000, item: null, subscription: null },
        ]);
        const line = { id: 'cnli_1', type: 'custom_line_item', amount: 500, discount_amount: 100, taxes: [] };
        a.creditNote(id, 400, { at: '2026-01-10', lines: [line] });
      },
      ['2026-01-10'],
    );
    expect(figures).toEqual(['2700/1/4000']);
  });

  test('a refund that is part of a note is not booked twice, and its rest is spread', () => {
    const figures = compute(
      (a) => {
        const { id, charge, lines } = a.invoice([
          { ...JANUARY, amount: 3000 },
          { amount: 1000, item: null, subscription: null },
        ]);
        const refund = a.refund(charge, 900, { at: '2026-01-10' });
        const line = { id: 'cnli_1', type: 'invoice_line_item', invoice_line_item: lines[0], amount: 500, taxes: [] };
        const refunds = [{ type: 'refund', refund, amount_refunded: 500 }];
        a.creditNote(id, 500, { at: '2026-01-10', lines: [line], members: { refunds } });
      },
      ['2026-01-10'],
    );
    // 500 off the line by the note, and 400 × 3000 ÷ 4000 by the rest of the refund.
    expect(figures).toEqual(['2200/1/3100']);
  });

  test('a line that the invoice does not have is spread over all lines', () => {
    const account = new MinimalAccount();
    const { id } = account.invoice([{ ...JANUARY, amount: 3000 }]);
    const line = { id: 'cnli_1', type: 'invoice_line_item', invoice_line_item: 'il_unknown', amount: 500 };
    account.creditNote(id, 500, { at: '2026-01-10', lines: [line] });
    expect(account.at('2026-01-10')).toBe('2500/1/3000');
  });

  test('a note of the shipping reduces no line', () => {
    const account = new MinimalAccount();
    const { id } = account.invoice([{ ...JANUARY, amount: 3000 }], { shipping: 500 });
    account.creditNote(id, 500, { at: '2026-01-10', members: { shipping_cost: { amount_total: 500 } } });
    expect(account.at('2026-01-10')).toBe('3000/1/3500');
  });

  test('a part of a voided note is booked as a refund', () => {
    const account = new MinimalAccount();
    const { id, charge } = account.invoice([{ ...JANUARY, amount: 3000 }]);
    const refunds = [{ refund: account.refund(charge, 500, { at: '2026-01-10' }), amount_refunded: 500 }];
    const voided_at = toSeconds('2026-01-20');
    account.creditNote(id, 900, { at: '2026-01-10', members: { refunds, voided_at } });
    expect(['2026-01-10', '2026-01-20'].map((time) => account.at(time))).toEqual(['2100/1/2500', '2500/1/2500']);
  });
});

describe('refunds', () => {
  const rest = { balance_transaction: null, reason: null };

  test.each([
    ['canceled', { status: 'canceled' }],
    ['failed at an unknown time', { status: 'failed' }],
    ['failed with an unknown balance transaction', { status: 'failed', failure_balance_transaction: 'txn_unknown' }],
    ['of an expired authorisation', { reason: 'expired_uncaptured_charge' }],
  ])('%s: never counts', (_, members) => {
    const figures = compute(
      (a) => a.refund(a.invoice([{ ...JANUARY, amount: 5000 }]).charge, 1000, { at: '2026-01-10', members }),
      ['2026-01-20'],
    );
    expect(figures).toEqual(['5000/1/5000']);
  });

  test('a pending refund counts', () => {
    const figures = compute(
      (a) => a.refund(a.invoice([{ ...JANUARY, amount: 5000 }]).charge, 1000, { at: '2026-01-10', status: 'pending' }),
      ['2026-01-10'],
    );
    expect(figures).toEqual(['4000/1/4000']);
  });

  test('the rest that is not captured is no refund', () => {
    const figures = compute(
      (a) => {
        const charge = a.charge(10000, { paid: '2026-01-05', members: { amount_captured: 6000 } });
        a.refund(charge, 4000, { at: '2026-01-06', members: rest });
        a.refund(charge, 1000, { at: '2026-01-07', members: { balance_transaction: 'txn_9' } });
        const released = a.charge(3000, { paid: '2026-01-05', members: { amount_captured: 0, captured: false } });
        a.refund(released, 3000, { at: '2026-01-06', members: rest });
      },
      ['2026-01-06', '2026-01-07'],
    );
    expect(figures).toEqual(['0/0/6000', '0/0/5000']);
  });

  test('only one refund is the rest that is not captured', () => {
    const figures = compute(
      (a) => {
        const charge = a.charge(10000, { paid: '2026-01-05', members: { amount_captured: 5000 } });
        for (const at of ['2026-01-08', '2026-01-06']) a.refund(charge, 5000, { at, members: rest });
      },
      ['2026-01-06', '2026-01-08'],
    );
    expect(figures).toEqual(['0/0/5000', '0/0/0']);
  });

  test('a refund names only the PaymentIntent', () => {
    const figures = compute(
      (a) => {
        const { intent } = a.invoice([{ ...JANUARY, amount: 5000 }]);
        const payment = { object: 'refund', id: 're_1', payment_intent: intent, amount: 1000, created: 0 };
        a.add({ ...payment, created: toSeconds('2026-01-10') });
      },
      ['2026-01-20'],
    );
    expect(figures).toEqual(['4000/1/4000']);
  });

  test('a refund of a charge that captured nothing or did not succeed never counts', () => {
    const account = new MinimalAccount();
    const members = { balance_transaction: 'txn_9' };
    const charges = [{ captured: false }, { status: 'failed' }].map((state) =>
      account.charge(3000, { paid: '2026-01-05', members: state }),
    );
    for (const charge of charges) account.refund(charge, 1000, { at: '2026-01-06', members });
    expect(account.at('2026-01-06')).toBe('0/0/0');
  });
});

describe('split-by-invoice', () => {
  test('a refund of a charge that paid two invoices is split by what it paid', () => {
    const figures = compute(
      (a) => {
        const first = a.invoice([{ ...JANUARY, amount: 3000 }], { charged: 0 });
        const second = a.invoice([{ ...JANUARY, amount: 1000, item: 'si_2', subscription: 'sub_2' }], { charged: 0 });
        const charge = a.charge(4000, { paid: '2026-01-01', intent: 'pi_1' });
        for (const [invoice, amount] of [
          [first.id, 3000],
          [second.id, 1000],
        ] as const) {
          a.payment(invoice, amount, { at: '2026-01-01', payment: { type: 'charge', charge } });
        }
        a.refund(charge, 400, { at: '2026-01-10' });
        // The first invoice is credited, so that the part of the other is seen.
        a.creditNote(first.id, 3000, { at: '2026-01-12' });
      },
      ['2026-01-05', '2026-01-10', '2026-01-12'],
    );
    // 300 and 100 off the invoices.
    expect(figures).toEqual(['4000/2/4000', '3600/2/3600', '900/1/3600']);
  });

  test('a refund of a charge without an invoice reduces no line', () => {
    const figures = compute(
      (a) => {
        a.invoice([{ ...JANUARY, amount: 3000 }]);
        a.refund(a.charge(4000, { paid: '2026-01-01' }), 4000, { at: '2026-01-10' });
      },
      ['2026-01-10'],
    );
    expect(figures).toEqual(['3000/1/3000']);
  });

  test('several payments of one invoice by one charge are added up, and unpaid ones bear nothing', () => {
    const account = new MinimalAccount();
    const { id } = account.invoice([{ ...JANUARY, amount: 3000 }], { charged: 0 });
    const other = account.invoice([{ ...JANUARY, amount: 1000, item: 'si_2', subscription: 'sub_2' }], { charged: 0 });
    const charge = account.charge(3000, { paid: '2026-01-01' });
    const payment = { type: 'charge', charge };
    account.payment(id, 1000, { at: '2026-01-01', payment });
    account.payment(id, 2000, { at: '2026-01-01', payment });
    account.payment(other.id, 1000, { at: '2026-03-01', created: '2026-01-01', payment });
    account.refund(charge, 300, { at: '2026-01-10' });
    account.creditNote(other.id, 1000, { at: '2026-01-10' });
    expect(account.at('2026-01-10')).toBe('2700/1/2700');
  });
});

describe('spread', () => {
  test('if the nets add up to 0 or less, the positive lines bear the reduction', () => {
    const figures = compute(
      (a) => {
        a.invoice([{ ...JANUARY, amount: 5000, unit: 1000, quantity: 5 }]);
        const { id } = a.invoice([
          { ...MIDDLE, amount: -2500, unit: 1000, quantity: 5, isProration: true },
          { ...MIDDLE, amount: 1500, unit: 1000, quantity: 3, isProration: true },
        ]);
        a.creditNote(id, 300, { at: '2026-01-20' });
      },
      ['2026-01-20'],
    );
    // The 1500 for half of the month become 1200, so 3000 become 2400.
    expect(figures).toEqual(['2400/1/5000']);
  });

  test('if the nets add up to 0, a note on the invoice reduces the positive lines', () => {
    const account = new MinimalAccount();
    const lines = [
      { ...JANUARY, amount: -3000, item: 'si_2', isProration: true },
      { ...JANUARY, amount: 3000 },
    ];
    const { id } = account.invoice(lines);
    account.invoice([{ ...JANUARY, amount: 5000, item: 'si_3' }]);
    account.creditNote(id, 300, { at: '2026-01-20' });
    expect(account.at('2026-01-20')).toBe('4700/1/5000');
  });

  test('shipping bears its part, and a refund of the shipping reduces no line', () => {
    const account = new MinimalAccount();
    const { charge } = account.invoice([{ ...JANUARY, amount: 3000 }], { shipping: 1000 });
    account.refund(charge, 400, { at: '2026-01-10' });
    account.refund(charge, 1000, { at: '2026-01-20' });
    expect(['2026-01-10', '2026-01-20'].map((time) => account.at(time))).toEqual(['2700/1/3600', '2700/1/2600']);
  });
});

describe('disputes', () => {
  test('without a currency, a dispute has that of its charge, and needs an amount only for another currency', () => {
    const account = new MinimalAccount();
    const { charge } = account.invoice([{ ...JANUARY, amount: 5000 }]);
    account.dispute(charge, 5000, [['2026-01-10', -2000]]);
    for (const dispute of account.listDisputes()) Object.assign(dispute, { currency: undefined, amount: undefined });
    expect(account.at('2026-01-10')).toBe('3000/1/3000');
    for (const { balance_transactions } of account.listDisputes()) {
      for (const transaction of balance_transactions) transaction.currency = 'eur';
    }
    expect(() => account.at('2026-01-10')).toThrow('dispute du_8: amount is missing');
  });

  test('in another currency, the amount of the dispute counts', () => {
    const figures = compute(
      (a) => {
        const { charge } = a.invoice([{ ...JANUARY, amount: 5000 }]);
        a.dispute(charge, 5000, [['2026-01-10', -4321]]);
        for (const { balance_transactions } of a.listDisputes()) {
          for (const transaction of balance_transactions) transaction.currency = 'eur';
        }
      },
      ['2026-01-09', '2026-01-10'],
    );
    expect(figures).toEqual(['5000/1/5000', '0/0/0']);
  });

  test('an inquiry moves nothing, and the fee does not count', () => {
    const figures = compute(
      (a) => {
        const { charge } = a.invoice([{ ...JANUARY, amount: 5000 }]);
        a.dispute(charge, 5000, []);
        a.dispute(charge, 1000, [['2026-01-10', -1000]]);
      },
      ['2026-01-10'],
    );
    expect(figures).toEqual(['4000/1/4000']);
  });

  test('a dispute that is withdrawn, given back and withdrawn again counts from the last time', () => {
    const figures = compute(
      (a) => {
        const { charge } = a.invoice([{ ...YEAR, amount: 120000 }]);
        a.dispute(charge, 60000, [
          ['2026-01-20', -60000],
          ['2026-02-10', 60000],
          ['2026-10-01', -60000],
        ]);
      },
      ['2026-01-25', '2026-02-15', '2026-10-02'],
    );
    // In January, 60000 are less than the unexpired value less one month. In October, they are more.
    expect(figures).toEqual(['5000/1/60000', '10000/1/120000', '0/0/60000']);
  });

  test('balance transactions may be objects of their own', () => {
    const account = new MinimalAccount();
    const { charge } = account.invoice([{ ...JANUARY, amount: 5000 }]);
    const balance_transactions = [account.balanceTransaction(-5000, toSeconds('2026-01-10'))];
    account.add({ object: 'dispute', id: 'du_1', charge, amount: 5000, currency: 'usd', balance_transactions });
    expect(account.at('2026-01-10')).toBe('0/0/0');
    account.add({ object: 'dispute', id: 'du_2', charge, amount: 1, currency: 'usd', balance_transactions: ['txn_x'] });
    expect(() => account.at('2026-01-10')).toThrow('dispute du_2: balance_transactions[0] refers to');
  });

  test('the balance transactions may have any order, and a part may be withdrawn', () => {
    const account = new MinimalAccount();
    const { charge } = account.invoice([{ ...YEAR, amount: 120000 }]);
    account.dispute(charge, 120000, [
      ['2026-10-01', -50000],
      ['2026-02-10', 50000],
      ['2026-01-20', -50000],
    ]);
    const figures = ['2026-01-20', '2026-02-10', '2026-10-01'].map((time) => account.at(time));
    expect(figures).toEqual(['5833/1/70000', '10000/1/120000', '0/0/70000']);
  });
});

describe('line-end', () => {
  test.each([
    // Half of the year is unexpired on 2 July at noon: 60000. One month is 10000, so the line ends at 50000.
    ['2026-07-02T12:00', 50000, '0/0/70000'],
    ['2026-07-02T12:00', 49999, '5833/1/70001'],
    // On 17 December 4931.51 are unexpired, and half of it is less than a month: the line ends at 2465.76.
    ['2026-12-17', 2466, '0/0/117534'],
    ['2026-12-17', 2465, '9795/1/117535'],
  ])('a refund on %s of %d', (at, amount, expected) => {
    const figures = compute((a) => a.refund(a.invoice([{ ...YEAR, amount: 120000 }]).charge, amount, { at }), [at]);
    expect(figures).toEqual([expected]);
  });

  test('refunds add up, each at its own time', () => {
    const figures = compute(
      (a) => {
        const { charge } = a.invoice([{ ...YEAR, amount: 120000 }]);
        for (const at of ['2026-03-01', '2026-07-02T12:00']) a.refund(charge, 25000, { at });
      },
      ['2026-07-02', '2026-07-02T12:00'],
    );
    expect(figures).toEqual(['7917/1/95000', '0/0/70000']);
  });

  test('the refund of a set-up fee late in the year does not end the line', () => {
    const figures = compute(
      (a) => {
        const { charge } = a.invoice([
          { ...YEAR, amount: 120000 },
          { amount: 9900, item: null, subscription: null },
        ]);
        a.refund(charge, 9900, { at: '2026-12-31' });
      },
      ['2026-12-31T12:00', '2027-01-01T12:00'],
    );
    expect(figures).toEqual(['10000/1/120000', '10000/1/120000']);
  });

  test('an upgrade that is refunded in full leaves the old rate', () => {
    const figures = compute(
      (a) => {
        a.invoice([{ ...JANUARY, amount: 3000, unit: 3000 }]);
        const { charge } = a.invoice([
          { ...MIDDLE, amount: -1500, unit: 3000, isProration: true },
          { ...MIDDLE, amount: 2000, unit: 4000, isProration: true },
        ]);
        a.refund(charge, 500, { at: '2026-01-20' });
      },
      ['2026-01-19', '2026-01-20'],
    );
    expect(figures).toEqual(['4000/1/3500', '3000/1/3000']);
  });

  test('the order of the refunds does not matter', () => {
    const account = new MinimalAccount();
    const { charge } = account.invoice([{ ...YEAR, amount: 120000 }]);
    for (const at of ['2026-07-02T12:00', '2026-03-01']) account.refund(charge, 25000, { at });
    expect(account.at('2026-07-02T12:00')).toBe('0/0/70000');
  });

  test('a line whose reductions exceed its net takes nothing off other lines', () => {
    const account = new MinimalAccount();
    const { id, lines } = account.invoice([
      { ...JANUARY, amount: 5000 },
      { ...JANUARY, amount: 2000, item: 'si_2' },
    ]);
    account.creditNote(id, 6000, { at: '2026-01-10', lines: [{ invoice_line_item: lines[0], amount: 6000 }] });
    expect(account.at('2026-01-10')).toBe('2000/1/7000');
  });

  test('after the period, only a refund in full ends the line', () => {
    const account = new MinimalAccount();
    const { charge } = account.invoice([{ ...YEAR, amount: 120000 }]);
    account.refund(charge, 500, { at: '2027-01-01T10:00' });
    expect(account.at('2027-01-01T12:00')).toBe('9958/1/119500');
  });

  test('before the period, all of it is unexpired', () => {
    const account = new MinimalAccount();
    const { charge } = account.invoice([{ ...YEAR, amount: 120000 }], { paid: '2025-12-01' });
    account.refund(charge, 112000, { at: '2025-12-15' });
    expect(account.at('2026-01-05')).toBe('0/0/8000');
  });
});

describe('full-period', () => {
  test.each([
    ['anchor on the 30th', { start: '2026-02-14', end: '2026-02-28', amount: 1448, unit: 3000 }, '3000'],
    [
      'a year that begins on 29 February',
      { start: '2024-11-30', end: '2025-02-28', amount: 9000, unit: 36600, interval: 'year' },
      '3050',
    ],
    [
      'two weeks',
      { start: '2026-01-08', end: '2026-01-15', amount: 700, unit: 1400, interval: 'week', count: 2 },
      '3033',
    ],
    [
      'ten days',
      { start: '2026-01-06', end: '2026-01-11', amount: 50, unit: '100', interval: 'day', count: 10 },
      '304',
    ],
    ['a unit amount with decimals', { ...MIDDLE, amount: 6, unit: '0.125', quantity: 100 }, '13'],
    ['tiers without a unit amount', { ...MIDDLE, amount: 1000 }, '2000'],
    ['the whole period', { ...JANUARY, amount: 1000, unit: 2000 }, '1000'],
    ['a last period that ends early', { start: '2026-02-01', end: '2026-02-15', amount: 5000, unit: 10000 }, '10000'],
    [
      'a last period from the last day of a month that ends early',
      { start: '2026-02-28', end: '2026-03-15', amount: 1500, unit: 3100 },
      '3100',
    ],
  ] as const)('%s', (_, line, mrr) => {
    const account = new MinimalAccount();
    account.invoice([{ ...line, isProration: true }]);
    expect(account.at(line.start).split('/')[0]).toBe(mrr);
  });

  test('without a unit amount, the regular line says when the period began', () => {
    const account = new MinimalAccount();
    const tiers = { start: '2026-02-14', end: '2026-02-28', isProration: true };
    account.invoice([{ start: '2026-01-31', end: '2026-02-28', amount: 2800 }]);
    account.invoice([
      { ...tiers, amount: -1400 },
      { ...tiers, amount: 2800 },
    ]);
    expect(account.at('2026-02-14')).toBe('5600/1/4200');
  });

  test.each([
    ['up', 2000],
    ['down', 1000],
  ])('packages are rounded %s', (round, list) => {
    const account = new MinimalAccount();
    account.invoice([{ ...MIDDLE, amount: list / 2 + 1, unit: 1000, quantity: 15, isProration: true }]);
    for (const object of account.objects) {
      if (object.object === 'price') object.transform_quantity = { divide_by: 10, round };
    }
    expect(account.at('2026-01-20').split('/')[0]).toBe(String(list));
  });

  test('the unit amount in the currency of the line is compared', () => {
    const account = new MinimalAccount();
    account.invoice([{ ...MIDDLE, amount: 2001, unit: 3000, isProration: true }], { currency: 'eur' });
    expect(account.at('2026-01-20', 'eur').split('/')[0]).toBe('4002');
    const currency_options = { eur: { unit_amount: 4000 } };
    for (const object of account.objects) if (object.object === 'price') Object.assign(object, { currency_options });
    expect(account.at('2026-01-20', 'eur').split('/')[0]).toBe('4000');
  });

  test.each([
    ['a proration that begins on another possible anchor', { start: '2026-01-29', amount: 3000, unit: 3100 }, '3100'],
    ['a proration of a whole period without a unit amount', { start: '2026-01-30', amount: 3000 }, '3000'],
    ['a proration of 0', { start: '2026-02-14', amount: 0, unit: 1 }, '0'],
  ])('%s', (_, line, mrr) => {
    const account = new MinimalAccount();
    account.invoice([{ ...line, end: '2026-02-28', isProration: true }]);
    expect(account.at('2026-02-20').split('/')[0]).toBe(mrr);
  });

  test('the unit amount of the price is compared if that in the currency of the line is unknown', () => {
    const account = new MinimalAccount();
    account.invoice([{ ...MIDDLE, amount: 2001, unit: 4000, isProration: true }], { currency: 'eur' });
    expect(account.at('2026-01-20', 'eur').split('/')[0]).toBe('4000');
  });

  test('a line has the unit amount if the price has none', () => {
    const account = new MinimalAccount();
    account.invoice([{ ...MIDDLE, amount: 1001, isProration: true }]);
    expect(account.at('2026-01-20').split('/')[0]).toBe('2002');
    for (const line of account.listLines()) {
      line.pricing = { ...(line.pricing as object), unit_amount_decimal: '2000' };
    }
    expect(account.at('2026-01-20').split('/')[0]).toBe('2000');
  });
});

describe('contract-value', () => {
  test('a charge counts from paid_at of its InvoicePayment, also if it was created before', () => {
    const account = new MinimalAccount();
    const { id } = account.invoice([{ ...JANUARY, amount: 5000 }], { charged: 0 });
    account.charge(5000, { paid: '2026-01-01', intent: 'pi_1', members: { balance_transaction: 'txn_unknown' } });
    expect(account.at('2026-01-01')).toBe('5000/1/5000');
    const payment = { type: 'payment_intent', payment_intent: 'pi_1' };
    account.payment(id, 5000, { at: '2026-01-06', created: '2026-01-01', payment });
    expect(['2026-01-05', '2026-01-06'].map((time) => account.at(time))).toEqual(['5000/1/0', '5000/1/5000']);
  });

  test('a charge that is attached to an invoice later counts from its own time before', () => {
    const account = new MinimalAccount();
    const { id } = account.invoice([{ ...JANUARY, amount: 5000 }], { paid: '2026-01-10', charged: 0 });
    account.charge(5000, { paid: '2026-01-05', intent: 'pi_1' });
    account.payment(id, 5000, { at: '2026-01-10', payment: { type: 'payment_intent', payment_intent: 'pi_1' } });
    const figures = ['2026-01-04', '2026-01-05', '2026-01-10'].map((time) => account.at(time));
    expect(figures).toEqual(['0/0/0', '0/0/5000', '5000/1/5000']);
  });

  test('failed and pending charges never count, and one that fails later is taken back', () => {
    const figures = compute(
      (a) => {
        a.charge(1, { paid: '2026-01-01', members: { status: 'failed' } });
        a.charge(2, { paid: '2026-01-01', members: { status: 'pending' } });
        const failure_balance_transaction = a.balanceTransaction(-4, toSeconds('2026-01-10'));
        a.charge(4, { paid: '2026-01-01', members: { status: 'failed', failure_balance_transaction } });
      },
      ['2026-01-01', '2026-01-10'],
    );
    expect(figures).toEqual(['0/0/4', '0/0/0']);
  });

  test('recorded payments count from their own time, and the rest from that of the invoice', () => {
    const figures = compute(
      (a) => {
        const { id } = a.invoice([{ ...JANUARY, amount: 5000 }], { paid: '2026-01-10', offStripe: 5000 });
        a.payment(id, 2000, { at: '2026-01-05', payment: { type: 'payment_record', payment_record: 'pr_1' } });
      },
      ['2026-01-04', '2026-01-05', '2026-01-10'],
    );
    expect(figures).toEqual(['0/0/0', '0/0/2000', '5000/1/5000']);
  });

  test('an out-of-band note counts until it is voided', () => {
    const account = new MinimalAccount();
    const { id } = account.invoice([{ ...JANUARY, amount: 5000 }], { offStripe: 5000 });
    const members = { out_of_band_amount: 1000, voided_at: toSeconds('2026-01-20') };
    account.creditNote(id, 1000, { at: '2026-01-10', members });
    expect(['2026-01-10', '2026-01-20'].map((time) => account.at(time))).toEqual(['4000/1/4000', '5000/1/5000']);
  });
});

describe('currency-shown', () => {
  const line = { ...JANUARY, amount: 0 };

  test.each([
    ['the later start of the period', [line, 'eur'], [{ ...FEBRUARY, amount: 0 }, 'usd'], 'usd'],
    ['the higher ID', [{ ...line, id: 'il_b' }, 'eur'], [{ ...line, id: 'il_a' }, 'usd'], 'eur'],
  ] as const)('of lines that were paid at once, that with %s counts', (_, first, second, expected) => {
    for (const lines of [
      [first, second],
      [second, first],
    ]) {
      const account = new MinimalAccount();
      for (const [line, currency] of lines) account.invoice([line], { currency, paid: '2026-01-01' });
      expect(computeSnapshot(account.data(), toSeconds('2026-01-01'), { defaultCurrency: 'gbp' }).currency).toBe(
        expected,
      );
    }
  });
});

describe('figures', () => {
  test('a subscription in its trial is not counted beside another', () => {
    const account = new MinimalAccount();
    account.invoice([{ ...JANUARY, amount: 3000 }]);
    account.invoice([{ ...JANUARY, amount: 0, item: 'si_2', subscription: 'sub_2' }]);
    expect(account.at('2026-01-10')).toBe('3000/1/3000');
  });

  test('a customer without figures has a snapshot of 0 in the default currency', () => {
    const account = new MinimalAccount().add({ object: 'customer', id: 'cus_1' });
    expect(computeSnapshot(account.data(), 0, { defaultCurrency: 'gbp' })).toEqual({
      stripe_id: 'cus_1',
      currency: 'gbp',
      total_contract_value: 0,
      current_mrr: 0,
      current_subscription_count: 0,
    });
  });
});

describe('next-change', () => {
  test('lists all times of a customer in their order', () => {
    const account = new MinimalAccount();
    const sent = { created: '2025-12-01', due: '2025-12-31' };
    const { id, charge } = account.invoice([{ ...JANUARY, amount: 3000 }], { paid: '2025-12-15', sent });
    const failure_balance_transaction = account.balanceTransaction(100, toSeconds('2026-01-06'));
    account.refund(charge, 100, { at: '2026-01-05', status: 'failed', members: { failure_balance_transaction } });
    account.creditNote(id, 100, { at: '2026-01-07', members: { voided_at: toSeconds('2026-01-08') } });
    account.dispute(charge, 100, [['2026-01-09', -100]]);
    const balance_transaction = account.balanceTransaction(100, toSeconds('2026-01-11'));
    account.charge(100, { paid: '2026-01-10', members: { balance_transaction } });

    const times: string[] = [];
    let next = findNextChange(account.data(), 0);
    while (next !== undefined && times.length < 20) {
      times.push(new Date(next * 1000).toISOString().slice(0, 10));
      next = findNextChange(account.data(), next);
    }
    expect(times).toEqual([
      '2025-12-15',
      '2026-01-01',
      ...['05', '06', '07', '08', '09', '10', '11'].map((day) => `2026-01-${day}`),
      '2026-02-01',
      '2026-03-03',
    ]);
  });
});
