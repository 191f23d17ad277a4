import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type CustomerData,
  computeFigures,
  createCustomerData,
  explain,
  type Figures,
  findNextChange,
  Rational,
  readObject,
} from '../src/index.ts';
import { build, buildSubscription, expand, histories, removeFuture, times } from './histories.ts';
import type { StripeObject } from './minimal-account.ts';

/** A failure prints the seed and the path that repeat it. */
const OPTIONS = { seed: 19, numRuns: 300 };

function group(objects: readonly StripeObject[]): CustomerData {
  const empty = { object: 'customer', id: 'cus_1' };
  const data = createCustomerData([empty, ...objects].map(readObject)).get('cus_1');
  if (data === undefined) throw new Error('The customer is missing.');
  return data;
}

/** Returns the figures by currency, without the currencies whose figures are all 0. */
function compute(objects: readonly StripeObject[] | CustomerData, at: number): Record<string, Figures> {
  const figures = computeFigures('id' in objects ? objects : group(objects), at);
  const isZero = (values: Figures): boolean => Object.values(values).every((value) => value === 0);
  return Object.fromEntries([...figures].filter(([, values]) => !isZero(values)));
}

test('what happens later changes nothing before', () => {
  fc.assert(
    fc.property(histories, times, (history, at) => {
      const objects = build(history);
      expect(compute(removeFuture(objects, at), at)).toEqual(compute(objects, at));
    }),
    OPTIONS,
  );
});

test('the order of the objects does not matter', () => {
  const orders = histories.chain((history) => {
    const objects = build(history);
    return fc.tuple(fc.constant(objects), fc.shuffledSubarray(objects, { minLength: objects.length }));
  });
  fc.assert(
    fc.property(orders, times, ([objects, shuffled], at) => {
      expect(compute(shuffled, at)).toEqual(compute(objects, at));
    }),
    OPTIONS,
  );
});

test('an object that occurs twice counts once', () => {
  fc.assert(
    fc.property(histories, times, (history, at) => {
      const objects = build(history);
      expect(compute([...objects, ...objects.slice(0, 5), ...objects], at)).toEqual(compute(objects, at));
    }),
    OPTIONS,
  );
});

test('expanded references change nothing', () => {
  fc.assert(
    fc.property(histories, times, (history, at) => {
      const objects = build(history);
      expect(compute(expand(objects), at)).toEqual(compute(objects, at));
    }),
    OPTIONS,
  );
});

test('the MRR is never negative, and is 0 exactly when the count is 0', () => {
  fc.assert(
    fc.property(histories, times, (history, at) => {
      for (const { current_mrr, current_subscription_count } of computeFigures(group(build(history)), at).values()) {
        expect(current_mrr).toBeGreaterThanOrEqual(0);
        expect(current_subscription_count === 0).toBe(current_mrr === 0);
      }
    }),
    OPTIONS,
  );
});

test('the figures of a customer are the sums of the figures of the subscriptions', () => {
  fc.assert(
    fc.property(histories, times, ({ subscriptions }, at) => {
      const parts = subscriptions.map((plan, index) => explain(group(buildSubscription(plan, { index })), at));
      const whole = explain(group(build({ subscriptions, oneOffs: [] })), at);
      for (const { currency, mrr, figures } of whole.currencies) {
        const same = parts.flatMap(({ currencies }) => currencies.filter((part) => part.currency === currency));
        const value = same.reduce((sum, part) => sum + part.figures.total_contract_value, 0);
        expect(same.reduce((sum, part) => sum.plus(part.mrr), Rational.ZERO).toString()).toBe(mrr.toString());
        expect(figures.total_contract_value).toBe(value);
      }
    }),
    OPTIONS,
  );
});

test('refunds in full give 0', () => {
  fc.assert(
    fc.property(histories, times, (history, at) => {
      const objects = removeFuture(build(history, { hasEvents: false }), at);
      const refunds = objects
        .filter(({ object }) => object === 'charge')
        .map(({ id, amount, currency }) => ({
          object: 'refund',
          id: `re_${id}`,
          charge: id,
          amount,
          currency,
          created: at,
        }));
      expect(compute([...objects, ...refunds], at)).toEqual({});
    }),
    OPTIONS,
  );
});

test('nothing changes before the next change', () => {
  fc.assert(
    fc.property(histories, times, fc.nat(), (history, at, random) => {
      const data = group(build(history));
      const next = findNextChange(data, at) ?? at + 2 ** 31;
      for (const time of [next - 1, at + (random % (next - at))])
        expect(compute(data, time)).toEqual(compute(data, at));
    }),
    OPTIONS,
  );
});

test('the explanation has the same figures, and its lines and payments add up to them', () => {
  fc.assert(
    fc.property(histories, times, (history, at) => {
      const data = group(build(history));
      const figures = computeFigures(data, at);
      for (const { currency, lines, subscriptions, mrr, payments, ...part } of explain(data, at).currencies) {
        expect(part.figures).toEqual(figures.get(currency) ?? part.figures);
        expect(payments.reduce((sum, { amount }) => sum + amount, 0)).toBe(part.figures.total_contract_value);
        for (const { subscription, rate } of subscriptions) {
          const rates = lines.flatMap((line) =>
            line.subscription === subscription && line.rate ? [line.rate.rate] : [],
          );
          const sum = rates.reduce((total, lineRate) => total.plus(lineRate), Rational.ZERO);
          expect(rate.compare(sum.sign < 0 ? Rational.ZERO : sum)).toBe(0);
        }
        expect(subscriptions.reduce((sum, { rate }) => sum.plus(rate), Rational.ZERO).compare(mrr)).toBe(0);
        expect(mrr.round()).toBe(BigInt(part.figures.current_mrr));
      }
    }),
    OPTIONS,
  );
});
