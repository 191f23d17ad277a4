import { expect, test } from 'vitest';
import { computeSnapshot } from '../src/index.ts';
import { MinimalAccount } from './minimal-account.ts';
import { toSeconds } from './time.ts';

const AT = toSeconds('2026-01-10');

test('a customer without payments has figures of 0 in the default currency', () => {
  const account = new MinimalAccount();
  account.add({ object: 'customer', id: 'cus_1' });

  expect(computeSnapshot(account.data(), AT, { defaultCurrency: 'eur' })).toEqual({
    stripe_id: 'cus_1',
    currency: 'eur',
    total_contract_value: 0,
    current_mrr: 0,
    current_subscription_count: 0,
  });
  expect(account.figures('2026-01-10')).toEqual(new Map());
});

test('the currencies are sorted', () => {
  const account = new MinimalAccount();
  for (const currency of ['usd', 'chf', 'eur']) account.charge(100, { paid: '2026-01-01', currency });

  expect([...account.figures('2026-01-10').keys()]).toEqual(['chf', 'eur', 'usd']);
});

test('the snapshot has the figures of the currency that is shown', () => {
  const account = new MinimalAccount();
  account.invoice([{ start: '2026-01-01', end: '2026-02-01', amount: 3000 }], { currency: 'eur' });
  account.charge(100, { paid: '2026-01-02' });

  expect(computeSnapshot(account.data(), AT, { defaultCurrency: 'usd' })).toEqual({
    stripe_id: 'cus_1',
    currency: 'eur',
    total_contract_value: 3000,
    current_mrr: 3000,
    current_subscription_count: 1,
  });
});
