import { computeSnapshot, createCustomerData, readObject } from '@firstofficer/metrics';
import { expect, test } from 'vitest';
import { toSeconds } from '../time.ts';
import { Account, regular } from './account.ts';
import { FEBRUARY, JANUARY, YEAR } from './scenario.ts';

function show(account: Account, at: string): string {
  account.finish();
  const data = createCustomerData(account.objects.map((object) => readObject(JSON.parse(JSON.stringify(object)))));
  const customer = data.get('cus_1');
  if (customer === undefined) return 'none';
  const snapshot = computeSnapshot(customer, toSeconds(at), { defaultCurrency: 'chf' });
  const { current_mrr, current_subscription_count, total_contract_value } = snapshot;
  return `${snapshot.currency} ${current_mrr}/${current_subscription_count}/${total_contract_value}`;
}

function subscribeInTwoCurrencies(): Account {
  const account = new Account('usd');
  const eur = { currency: 'eur' };
  account.customer();
  const monthly = account.price(10000, 'month');
  account.invoice('01-01', [regular(monthly, JANUARY)]);
  account.invoice('01-10', [regular(account.price(24000, 'year', eur), YEAR, { subscription: 'sub_2' })], eur);
  account.charge(500, '01-20', { currency: 'gbp' });
  account.invoice('02-01', [regular(monthly, FEBRUARY)]);
  return account;
}

test.each([
  ['2025-12-31', 'usd 0/0/0'], // the currency of the customer
  ['01-05', 'usd 10000/1/10000'],
  ['01-15', 'eur 2000/1/24000'], // the last paid subscription line
  ['01-25', 'eur 2000/1/24000'], // a later charge does not matter
  ['02-10', 'usd 10000/1/20000'],
  ['05-01', 'usd 0/0/20000'], // although only eur is in force
])('subscriptions in two currencies on %s: %s', (at, expected) => {
  expect(show(subscribeInTwoCurrencies(), at)).toBe(expected);
});

test('without a subscription line, the figures are those of the last charge', () => {
  const account = new Account('usd');
  account.customer();
  account.charge(700, '01-01', { currency: 'eur' });
  account.charge(500, '01-10', { currency: 'gbp' });
  expect(show(account, '01-05')).toBe('eur 0/0/700');
  expect(show(account, '01-15')).toBe('gbp 0/0/500');
});

test('without charges, the currency is that of the customer, or else of the account', () => {
  const account = new Account('usd');
  account.customer();
  expect(show(account, '01-15')).toBe('usd 0/0/0');
  const other = new Account('usd');
  other.customer('cus_1', null);
  expect(show(other, '01-15')).toBe('chf 0/0/0');
});
