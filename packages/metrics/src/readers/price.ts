import type Stripe from 'stripe';
import { ANY_CURRENCY, type Interval, type PriceFacts } from '../facts.ts';
import type { Decimal } from '../rational.ts';
import type { ObjectReader } from './object-reader.ts';

/** Far more than Stripe allows. More years would exceed the calendar. */
const MAX_INTERVAL_COUNT = 100_000;

const INTERVALS: readonly Interval[] = ['day', 'week', 'month', 'year'];

export function readPrice(reader: ObjectReader<Stripe.Price>, id: string): PriceFacts {
  if (!reader.isPresent('recurring') && reader.optionalString('type') !== 'one_time') reader.fail('recurring');
  const recurring = reader.child('recurring');
  const packages = reader.child('transform_quantity');
  const currency = reader.optionalCurrency('currency');
  return {
    type: 'price',
    id,
    currency,
    interval: recurring === undefined ? undefined : readInterval(recurring),
    intervalCount: recurring?.optionalInteger('interval_count') ?? 1,
    isMetered: recurring?.optionalString('usage_type') === 'metered' || recurring?.has('meter') === true,
    unitAmounts: readUnitAmounts(reader, currency),
    packages:
      packages === undefined
        ? undefined
        : { size: readPackageSize(packages), isRoundedUp: packages.string('round') === 'up' },
  };
}

function readInterval(reader: ObjectReader<Stripe.Price.Recurring>): Interval {
  const interval = reader.string('interval');
  const count = reader.optionalInteger('interval_count') ?? 1;
  if (count < 1 || count > MAX_INTERVAL_COUNT) reader.fail('interval_count', `is not from 1 to ${MAX_INTERVAL_COUNT}`);
  return INTERVALS.find((known) => known === interval) ?? reader.fail('interval', 'is not day, week, month or year');
}

function readPackageSize(reader: ObjectReader<Stripe.Price.TransformQuantity>): number {
  const size = reader.integer('divide_by');
  return size > 0 ? size : reader.fail('divide_by', 'is not a positive integer');
}

function readUnitAmounts(
  reader: ObjectReader<Stripe.Price>,
  currency: string | undefined,
): Readonly<Record<string, Decimal>> {
  const own = readUnitAmount(reader);
  const amounts = own === undefined ? [] : [[currency ?? ANY_CURRENCY, own] as const];
  const options = reader.child('currency_options');
  const further =
    options === undefined
      ? []
      : options.entries().flatMap(([code, option]) => {
          const amount = readUnitAmount(option);
          return amount === undefined ? [] : [[code, amount] as const];
        });
  return Object.fromEntries([...further, ...amounts]);
}

function readUnitAmount(
  reader: ObjectReader<Pick<Stripe.Price, 'unit_amount' | 'unit_amount_decimal'>>,
): Decimal | undefined {
  return reader.optionalDecimal('unit_amount_decimal') ?? reader.optionalDecimal('unit_amount');
}
