import { type Account, regular, single } from './account.ts';
import { FEBRUARY, JANUARY, scenario, YEAR } from './scenario.ts';

function month(a: Account) {
  return a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)]);
}

/** 50.00 a month and a set-up fee. */
function monthWithFee(a: Account, fee: number) {
  return a.invoice('01-01', [regular(a.price(5000, 'month'), JANUARY), single(a.price(fee, null), '01-01')]);
}

export const creditNotes = [
  scenario('a credit note for the set-up fee, refunded', (a) => {
    const invoice = monthWithFee(a, 9900);
    a.creditNote(invoice, '01-10', { lines: [{ line: invoice.lines[1] ?? '', amount: 9900 }], refund: 9900 });
    return [
      ['01-09', 'usd 5000/1/14900'],
      ['01-15', 'usd 5000/1/5000'],
    ];
  }),
  scenario('a credit note for a part of the subscription, refunded', (a) => {
    const invoice = monthWithFee(a, 9900);
    a.creditNote(invoice, '01-10', { lines: [{ line: invoice.lines[0] ?? '', amount: 2000 }], refund: 2000 });
    return [['01-15', 'usd 3000/1/12900']]; // the refund is not booked twice
  }),
  scenario('a credit note with exclusive tax', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY, { tax: 2000 })]);
    const lines = [{ line: invoice.lines[0] ?? '', amount: 5000, tax: 1000 }];
    a.creditNote(invoice, '01-10', { lines, refund: 6000 });
    return [['01-15', 'usd 6000/1/6000']]; // 12000 − 5000 − 1000
  }),
  scenario('a credit note with inclusive tax', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(12000, 'month'), JANUARY, { inclusiveTax: 2000 })]);
    const lines = [{ line: invoice.lines[0] ?? '', amount: 6000, inclusiveTax: 1000 }];
    a.creditNote(invoice, '01-10', { lines, refund: 6000 });
    return [['01-15', 'usd 6000/1/6000']]; // 12000 − 6000
  }),
  scenario('a credit note with a discount', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY, { discounts: [2000] })]);
    const lines = [{ line: invoice.lines[0] ?? '', amount: 5000, discount: 1000 }];
    a.creditNote(invoice, '01-10', { lines, refund: 4000 });
    return [['01-15', 'usd 4000/1/4000']]; // 8000 − 4000: half of the discounted line
  }),
  scenario('a custom line, to the balance', (a) => {
    const invoice = monthWithFee(a, 10000);
    a.creditNote(invoice, '01-10', { lines: [{ amount: 1500 }], balance: 1500 });
    return [['01-15', 'usd 4500/1/15000']]; // a third of 1500; the money stays
  }),
  scenario('a custom line with tax', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY, { tax: 2000 })]);
    a.creditNote(invoice, '01-10', { lines: [{ amount: 1000, tax: 200 }], balance: 1200 });
    return [['01-15', 'usd 10800/1/12000']]; // 12000 − 1200
  }),
  scenario('an amount without lines, refunded', (a) => {
    const invoice = monthWithFee(a, 10000);
    a.creditNote(invoice, '01-10', { amount: 1500, refund: 1500 });
    return [['01-15', 'usd 4500/1/13500']]; // a third of 1500
  }),
  scenario('a voided credit note', (a) => {
    const invoice = month(a);
    const lines = [{ line: invoice.lines[0] ?? '', amount: 3000 }];
    a.creditNote(invoice, '01-10', { lines, outside: 3000, voided: '01-12' });
    return [
      ['01-11', 'usd 7000/1/7000'],
      ['01-12', 'usd 10000/1/10000'], // until voided_at
    ];
  }),
  scenario('a credit note before the payment', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], { paid: '01-03', credited: 3000 });
    a.creditNote(invoice, '01-02', { lines: [{ line: invoice.lines[0] ?? '', amount: 3000 }], prePayment: 3000 });
    return [
      ['01-02T12:00', ''],
      ['01-05', 'usd 7000/1/7000'],
    ];
  }),
  scenario('a credit note for a whole open invoice', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(10000, 'month'), JANUARY)], { paid: '01-02', credited: 10000 });
    a.creditNote(invoice, '01-02', { lines: [{ line: invoice.lines[0] ?? '', amount: 10000 }], prePayment: 10000 });
    return [['01-05', '']];
  }),
  scenario('a credit note to the balance, which pays for the next period', (a) => {
    const price = a.price(10000, 'month');
    const invoice = a.invoice('01-01', [regular(price, JANUARY)]);
    a.creditNote(invoice, '01-10', { lines: [{ line: invoice.lines[0] ?? '', amount: 4000 }], balance: 4000 });
    a.invoice('02-01', [regular(price, FEBRUARY)], { balance: 4000 });
    return [
      ['01-15', 'usd 6000/1/10000'],
      ['02-10', 'usd 10000/1/16000'],
    ];
  }),
  scenario('a credit note that is paid out outside Stripe', (a) => {
    const invoice = month(a);
    a.creditNote(invoice, '01-10', { lines: [{ line: invoice.lines[0] ?? '', amount: 4000 }], outside: 4000 });
    return [['01-15', 'usd 6000/1/6000']];
  }),
  scenario('a credit note that is refunded, credited and paid out', (a) => {
    const invoice = month(a);
    const lines = [{ line: invoice.lines[0] ?? '', amount: 9000 }];
    a.creditNote(invoice, '01-10', { lines, refund: 3000, balance: 3000, outside: 3000 });
    return [['01-15', 'usd 1000/1/4000']]; // 10000 − 3000 refunded − 3000 outside
  }),
  scenario('a refund of which only a part belongs to a credit note', (a) => {
    const invoice = month(a);
    const lines = [{ line: invoice.lines[0] ?? '', amount: 3000 }];
    a.creditNote(invoice, '01-10', { lines, refund: 3000, refunded: 5000 });
    return [['01-15', 'usd 5000/1/5000']]; // 10000 − 3000 − the other 2000
  }),
  scenario('a credit note and a refund of its own', (a) => {
    const invoice = month(a);
    a.creditNote(invoice, '01-10', { lines: [{ line: invoice.lines[0] ?? '', amount: 3000 }], refund: 3000 });
    a.refund(invoice.charge, 2000, '01-12');
    return [
      ['01-11', 'usd 7000/1/7000'],
      ['01-15', 'usd 5000/1/5000'],
    ];
  }),
  scenario('a credit note for a whole year, refunded', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.creditNote(invoice, '03-10', { lines: [{ line: invoice.lines[0] ?? '', amount: 120000 }], refund: 120000 });
    return [
      ['03-01', 'usd 10000/1/120000'],
      ['03-15', ''],
    ];
  }),
  scenario('a credit note for nine months of a year, refunded', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.creditNote(invoice, '04-01', { lines: [{ line: invoice.lines[0] ?? '', amount: 90000 }], refund: 90000 });
    a.cancel('04-01');
    return [['04-02', 'usd 0/0/30000']]; // 275/365 × 120000 = 90411; 90000 ≥ 90411 − 10000
  }),
  scenario('a voided credit note for half of a year', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    const lines = [{ line: invoice.lines[0] ?? '', amount: 60000 }];
    a.creditNote(invoice, '07-02T12:00', { lines, balance: 60000, voided: '07-05' });
    return [
      ['07-04', 'usd 0/0/120000'],
      ['07-06', 'usd 10000/1/120000'],
    ];
  }),
  scenario('a credit note for half of a year half-way, to the balance', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.creditNote(invoice, '07-02T12:00', { lines: [{ line: invoice.lines[0] ?? '', amount: 60000 }], balance: 60000 });
    return [['07-10', 'usd 0/0/120000']]; // 60000 ≥ 60000 − 10000
  }),
  scenario('a credit note for a small part of a year', (a) => {
    const invoice = a.invoice('01-01', [regular(a.price(120000, 'year'), YEAR)]);
    a.creditNote(invoice, '07-02T12:00', { lines: [{ line: invoice.lines[0] ?? '', amount: 12000 }], balance: 12000 });
    return [['07-10', 'usd 9000/1/120000']]; // 108000 / 12
  }),
];
