import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from '@firstofficer/common/command';
import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { parseUtcTime } from '../src/commands/options.ts';
import { type FormatOptions, formatCustomers } from '../src/snapshot/format-customers.ts';
import { readStripeData } from '../src/snapshot/read-stripe-data.ts';
import { CLI, type CommandResult, waitForExit } from './run-command.ts';
import {
  createCharge,
  createInvoice,
  createLine,
  createPayment,
  createPrice,
  createRefund,
  FEBRUARY,
  JANUARY,
} from './stripe/objects.ts';

const PRICE = createPrice();
const BASIC = [PRICE, createInvoice('in_1', 'cus_1'), createCharge('in_1', 'cus_1')];
const MID_JANUARY = JANUARY + 14 * 86_400;

function toNdjson(values: readonly unknown[]): string {
  return values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('');
}

/** Reads lines, and formats their customers. A string is a line as it is. */
async function snapshot(values: readonly unknown[], options: Partial<FormatOptions> = {}): Promise<string[]> {
  async function* read() {
    yield Buffer.from(toNdjson(values));
  }
  return formatCustomers(await readStripeData(read(), () => {}), { at: MID_JANUARY, ...options });
}

/** Runs the command `snapshot` with lines as its standard input. */
async function runSnapshot(args: readonly string[], input: string | Buffer): Promise<CommandResult> {
  const child = spawn(process.execPath, ['--conditions=@firstofficer/source', CLI, 'snapshot', ...args]);
  // A command that fails may end before it has read its input.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), waitForExit(child)]);
  return { code, stdout, stderr };
}

describe('output', () => {
  test('a customer is printed as the API shows it, with null for its ID', async () => {
    expect(await snapshot(BASIC)).toEqual([
      '{"object":"customer","id":null,"stripe_id":"cus_1","extra_id":null,"total_contract_value":10000,' +
        '"current_mrr":10000,"current_subscription_count":1,"currency":"usd"}',
    ]);
  });

  test('with --by-currency, the figures in each currency are printed', async () => {
    const values = [...BASIC, createCharge('in_2', 'cus_1', { currency: 'eur', amount_captured: 500 })];

    expect(await snapshot(values, { byCurrency: true })).toEqual([
      '{"stripe_id":"cus_1","figures":{' +
        '"eur":{"current_mrr":0,"current_subscription_count":0,"total_contract_value":500},' +
        '"usd":{"current_mrr":10000,"current_subscription_count":1,"total_contract_value":10000}}}',
    ]);
  });

  test('currencies whose figures are all 0 are left out', async () => {
    expect(await snapshot(BASIC, { byCurrency: true, at: JANUARY - 1 })).toEqual([
      '{"stripe_id":"cus_1","figures":{}}',
    ]);
  });

  test('customers are in the order of their Stripe IDs by code unit, also those without payments', async () => {
    const ids = ['cus_b', 'cus_10', 'cus_9', 'cus_B', 'cus_é', '__proto__', 'cus_a'];
    const lines = await snapshot(ids.map((id) => ({ object: 'customer', id })));

    expect(lines.map((line) => JSON.parse(line).stripe_id)).toEqual([...ids].sort());
  });

  test('--customer selects a customer, and the ID of no customer is an error', async () => {
    const values = [...BASIC, createCharge('in_2', 'cus_2')];

    expect(await snapshot(values, { customer: 'cus_2' })).toEqual([expect.stringContaining('"stripe_id":"cus_2"')]);
    await expect(snapshot(values, { customer: 'cus' })).rejects.toThrow('no customer with this Stripe ID');
  });

  test('a customer without a currency has the default currency of the account, or usd', async () => {
    const customer = { object: 'customer', id: 'cus_1' };
    const account = { object: 'account', id: 'acct_1', default_currency: 'jpy' };

    expect(await snapshot([customer])).toEqual([expect.stringContaining('"currency":"usd"')]);
    expect(await snapshot([customer, account])).toEqual([expect.stringContaining('"currency":"jpy"')]);
  });
});

describe('invalid lines', () => {
  test.each<[string, unknown, string | RegExp]>([
    ['text that is not JSON', '{"object":', 'is not valid JSON'],
    ['a number', 7, 'is not a JSON object'],
    ['an array', [PRICE], "is an array. Write one object per line, such as with jq -c '.[]'"],
    ['an object without a type', { id: 'cus_1' }, 'object is missing'],
    ['an object whose type is a number', { object: 1 }, 'object is missing'],
    ['a list', { object: 'list', data: [PRICE] }, "is a list. Write one object per line, such as with jq -c '.data[]'"],
    ['an event', { object: 'event', data: { object: PRICE } }, 'is an event'],
    ['an ID with control characters', { object: 'charge', id: 'ch\u001b[2J' }, 'charge ch\\u001b[2J: amount'],
    ['a long ID', { object: 'charge', id: 'x'.repeat(1_000_000) }, /line 3: charge x{300,400}…$/],
    ['a repeated member', '{"object":"customer","id":"cus_1","id":"cus_2"}', 'has the property "id" twice'],
    [
      'a charge without an amount',
      createCharge('in_1', 'cus_1', { amount_captured: undefined, amount: undefined }),
      'amount',
    ],
    ['an amount that is no integer', createCharge('in_1', 'cus_1', { amount: 1.5, amount_captured: 1.5 }), 'amount'],
    [
      'an amount that a double cannot hold',
      createCharge('in_1', 'cus_1', { amount_captured: 2 ** 53 }),
      'amount_captured',
    ],
    ['an infinite amount', '{"object":"refund","id":"re_1","charge":"ch_1","created":1,"amount":1e400}', 'amount'],
    ['an invoice without lines', createInvoice('in_1', 'cus_1', { lines: undefined }), 'lines'],
    [
      'an invoice with further lines',
      createInvoice('in_1', 'cus_1', { lines: { data: [], has_more: true } }),
      'has_more',
    ],
  ])('%s is refused by its line and member, and nothing is printed', async (_, value, reason) => {
    const outcome = snapshot([PRICE, '', value, createCharge('in_2', 'cus_2')]);

    await expect(outcome).rejects.toThrow(/^1 line is invalid\.\nline 3: /);
    await expect(outcome).rejects.toThrow(reason);
  });

  test('an invoice whose price is not in the file is refused by its line and member', async () => {
    await expect(snapshot([createCharge('in_1', 'cus_1'), createInvoice('in_1', 'cus_1')])).rejects.toThrow(
      /line 2: invoice in_1: lines\.data\[0\]\.pricing\.price_details\.price/,
    );
  });

  test('the first 20 invalid lines are listed, and the others are counted', async () => {
    const outcome = await snapshot(Array.from({ length: 50 }, () => 'x')).catch((error: Error) => error.message);

    expect(String(outcome).split('\n')).toEqual([
      '50 lines are invalid.',
      "line 1: is not valid JSON. Each line must be one JSON object, as jq -c '.data[]' writes the objects of a list.",
      ...Array.from({ length: 19 }, (_, index) => `line ${index + 2}: is not valid JSON`),
      '… and 30 more',
    ]);
  });

  test('objects of types that no figure needs are ignored and counted', async () => {
    const { stderr, code, stdout } = await runSnapshot(
      ['--stripe-data', '-', '--at', '2026-01-15', '--by-currency'],
      toNdjson([...BASIC, { object: 'product', id: 'prod_1' }, { object: 'coupon' }, { object: 'product' }]),
    );

    expect({ code, stderr, stdout }).toEqual({
      code: 0,
      stderr: 'Ignored objects of types that no figure needs: "product" (2), "coupon" (1).\n',
      stdout: expect.stringContaining('"current_mrr":10000'),
    });
  });
});

test('credit notes, refunds and disputes of no customer are reported by their lines', async () => {
  const lines = [
    ...BASIC,
    createRefund('in_1'),
    createRefund('in_2'),
    { object: 'credit_note', id: 'cn_1', invoice: 'in_2', amount: 1, created: JANUARY },
    { object: 'dispute', id: 'du_1', charge: 'ch_in_2', amount: 1, currency: 'usd', balance_transactions: [] },
  ];
  const { stderr, code } = await runSnapshot(['--stripe-data', '-'], toNdjson(lines));

  expect({ code, stderr }).toEqual({
    code: 0,
    stderr:
      'Left out: line 5 and 2 more lines have a credit note, refund or dispute of no customer. ' +
      'Add its invoice or charge to the file.\n',
  });
});

describe('time', () => {
  test.each([
    ['2026-01-15', '2026-01-15T00:00:00Z'],
    ['2026-01-15T12:30', '2026-01-15T12:30:00Z'],
    ['2026-01-15t12:30:15z', '2026-01-15T12:30:15Z'],
    ['2026-01-15 12:30:15.999999Z', '2026-01-15T12:30:15Z'],
    ['2026-01-15T12:30:15,5+02:00', '2026-01-15T10:30:15Z'],
    ['2026-01-15T00:30+0100', '2026-01-14T23:30:00Z'],
    ['2026-01-15T00:30-08', '2026-01-15T08:30:00Z'],
    ['2026-01-15T24:00', '2026-01-16T00:00:00Z'],
    ['2028-02-29', '2028-02-29T00:00:00Z'],
  ])('%s is %s', (value, expected) => {
    expect(parseUtcTime(value)).toBe(Date.parse(expected) / 1000);
  });

  test.each([
    '2026-02-30',
    '2026-02-30T12:00Z',
    '2026-02-29',
    '2026-13-01',
    '2026-01-15T25:00Z',
    '2026-01-15T12:60Z',
    '2026-01-15T12:00+99:00',
    '2026-01-15T12:00 Z',
    '15 January 2026',
    '01/15/2026',
    '1767225600',
    'now',
    '',
  ])('%j is no time', (value) => {
    expect(() => parseUtcTime(value)).toThrow(InvalidArgumentError);
  });
});

describe('explanation', () => {
  const YEAR_2029 = Date.UTC(2029, 0, 1) / 1000;
  const THREE_YEARS = createPrice('price_3', {
    unit_amount: 360_000,
    recurring: { interval: 'year', interval_count: 3 },
  });

  test('shows the lines, reductions and payments from which the figures are computed, and their sums', async () => {
    const setup = { id: 'il_setup', amount: 5000, currency: 'usd', parent: null };
    const monthly = createLine('in_1', {
      discount_amounts: [{ amount: 1000 }],
      taxes: [{ amount: 2000, tax_behavior: 'exclusive' }],
    });
    const annual = createLine('in_3', {
      amount: 360_000,
      period: { start: JANUARY, end: YEAR_2029 },
      pricing: { price_details: { price: 'price_3' } },
    });
    const payment = createPayment('in_1', { amount_paid: 16_000, status_transitions: { paid_at: JANUARY + 61 } });
    const values = [
      PRICE,
      THREE_YEARS,
      createInvoice('in_1', 'cus_1', { lines: { data: [monthly, setup] }, payments: undefined }),
      createInvoice('in_3', 'cus_1', { lines: { data: [annual] }, payments: undefined }),
      createCharge('in_1', 'cus_1', { amount: 16_000, amount_captured: 16_000 }),
      payment,
      createCharge('in_3', 'cus_1', { amount: 360_000, amount_captured: 360_000 }),
      createCharge('in_4', 'cus_1', { currency: 'eur' }),
      createCharge('in_5', 'cus_1', { status: 'failed' }),
      createRefund('in_1', { created: JANUARY + 3600 }),
    ];

    const [text] = await snapshot(values, { customer: 'cus_1', explain: true });

    expect(text).toBe(`Customer cus_1 at 2026-01-15 UTC
Currency shown by the API: usd (last paid subscription line)
Other currencies: eur. --by-currency explains them as well.

Figures in usd

  current_mrr                  203.13
  current_subscription_count        2
  total_contract_value        3750.00

MRR

  Subscription sub_in_1                                                 103.1250
    Line il_in_1 of invoice in_1
    paid 2026-01-01, period 2026-01-01 to 2026-02-01
    100.00    amount
    -10.00    discounts
     20.00    taxes that the amount does not include
     -6.8750  refund re_in_1, 2026-01-01 01:00
    --------
    103.1250 a month

  Subscription sub_in_3                                                 100.00
    Line il_in_3 of invoice in_3
    paid 2026-01-01, period 2026-01-01 to 2029-01-01
    3600.00 ÷ 36 = 100.00 a month

  Sum                                                                   203.1250
  Rounded once                                                          203.13

Lines that do not count for MRR

  The line does not belong to a subscription (mrr-lines)
  from          net  invoice  line
  2026-01-01  50.00  in_1     il_setup

Reductions of paid invoices

  2026-01-01 01:00  -10.00  refund re_in_1
    of invoice in_1: all lines, by their net

Contract value

  3600.00  2026-01-01           charge ch_in_3 [1]
   160.00  2026-01-01 00:01:01  charge ch_in_1 [2]
   -10.00  2026-01-01 01:00     refund re_in_1 [3]
  -------
  3750.00  total_contract_value

  [1] captured; time: created of the charge
  [2] captured; time: paid_at of the InvoicePayment
  [3] refunded

Payments that do not count

  100.00  2026-01-01  charge ch_in_5 [1]

  [1] the charge did not succeed`);
    expect(
      String(text)
        .split('\n')
        .filter((row) => row.length > 80),
    ).toEqual([]);
  });

  test.each([
    ['jpy', '9800 a month'],
    ['kwd', '9.800 a month'],
    ['isk', '98.00 a month'],
  ])('amounts in %s have the decimals of Stripe', async (currency, expected) => {
    const invoice = createInvoice('in_1', 'cus_1', {
      currency,
      lines: { data: [createLine('in_1', { amount: 9800 })] },
    });
    const [text] = await snapshot([PRICE, invoice], { explain: true });

    expect(text).toContain(expected);
  });

  test('a customer without invoices and payments has nothing to explain', async () => {
    expect(await snapshot([{ object: 'customer', id: 'cus_1\u001b' }], { explain: true })).toEqual([
      'Customer cus_1\\u001b at 2026-01-15 UTC\n' +
        'Currency shown by the API: usd (default of the account)\n\n' +
        'There is nothing to explain: no invoice and no payment.',
    ]);
  });

  test('of several customers needs --customer', async () => {
    await expect(snapshot([...BASIC, createCharge('in_2', 'cus_2')], { explain: true })).rejects.toThrow(UsageError);
  });
});

test('the example of the guide has the output that the guide shows', async () => {
  const guide = await readFile(new URL('../docs/stripe.md', import.meta.url), 'utf8');
  const [, customer = '', figures = ''] = guide.split('```json\n').map((block) => block.split('\n```')[0]);
  const [, text] = /^```text\n(.*?)\n```/ms.exec(guide) ?? [];
  const values = guide.split('\n').filter((line) => line.startsWith('{"object":'));

  expect(values).toHaveLength(4);
  expect(await snapshot(values, { at: FEBRUARY })).toEqual([JSON.stringify(JSON.parse(customer))]);
  expect(await snapshot(values, { at: FEBRUARY, byCurrency: true })).toEqual([JSON.stringify(JSON.parse(figures))]);
  expect(await snapshot(values, { at: FEBRUARY, customer: 'cus_1', explain: true })).toEqual([text]);
});

test.concurrent.each<[string, readonly string[], number, string]>([
  ['a day that does not exist', ['--stripe-data', '-', '--at', '2026-02-30'], 2, '--at'],
  ['a file that does not exist', ['--stripe-data', '/nonexistent.ndjson'], 1, 'cannot be read (ENOENT)'],
  ['an invalid line', ['--stripe-data', '-'], 1, 'line 3: is not valid JSON'],
])('%s ends the command with a message and its exit code', async (_, args, code, message) => {
  const input = toNdjson([...BASIC.slice(0, 2), '{']);

  expect(await runSnapshot(args, input)).toEqual({ code, stdout: '', stderr: expect.stringContaining(message) });
});

test('the command ends without an error if the reader of its output leaves', async () => {
  const values = Array.from({ length: 5000 }, (_, index) => ({ object: 'customer', id: `cus_${index}` }));
  const child = spawn(process.execPath, ['--conditions=@firstofficer/source', CLI, 'snapshot', '--stripe-data', '-']);
  child.stdin.end(toNdjson(values));
  child.stdout.once('data', () => child.stdout.destroy());
  const [stderr, code] = await Promise.all([text(child.stderr), waitForExit(child)]);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
