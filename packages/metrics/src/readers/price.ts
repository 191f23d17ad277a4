import type Stripe from 'stripe';
import type { Interval, PriceFacts } from '../facts.ts';
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
  const unitAmount = readUnitAmount(reader);
  return {
    type: 'price',
    id,
    interval: recurring === undefined ? undefined : readInterval(recurring),
    intervalCount: recurring?.optionalInteger('interval_count') ?? 1,
    isMetered: recurring?.optionalString('usage_type') === 'metered' || recurring?.has('meter') === true,
    unitAmount,
    unitAmounts: readUnitAmounts(reader, { currency, unitAmount }),
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
  own: { readonly currency: string | undefined; readonly unitAmount: Decimal | undefined },
): Readonly<Record<string, Decimal>> {
  const options = reader.child('currency_options')?.entries() ?? [];
  const amounts = options.map(([currency, option]) => ({ currency, unitAmount: readUnitAmount(option) }));
  return Object.fromEntries(
    [...amounts, own].flatMap(({ currency, unitAmount }) =>
      currency === undefined || unitAmount === undefined ? [] : [[currency, unitAmount]],
    ),
  );
}

function readUnitAmount(
  reader: ObjectReader<Pick<Stripe.Price, 'unit_amount' | 'unit_amount_decimal'>>,
): Decimal | undefined {
  return reader.optionalDecimal('unit_amount_decimal') ?? reader.optionalDecimal('unit_amount');
}
