import type { Customer as ApiCustomer } from '@firstofficer/client/types';
import { UsageError } from '@firstofficer/common/command';
import { type CustomerData, computeFigures, computeSnapshot, MissingMemberError } from '@firstofficer/metrics';
import { formatJson } from '../commands/format.ts';
import { quoteName } from '../import/read-records.ts';
import { formatExplanation } from './format-explanation.ts';
import { type InvalidLine, InvalidStripeDataError, type StripeData } from './read-stripe-data.ts';

/** What to print. */
export interface FormatOptions {
  /** The time that the figures are computed for, in seconds since 1970. */
  readonly at: number;
  /** The Stripe ID of the only customer to print. */
  readonly customer?: string;
  /** Whether to print the figures in each currency, instead of customers as the API shows them. */
  readonly byCurrency?: true;
  /** Whether to explain the figures of one customer instead. */
  readonly explain?: true;
}

/**
 * Formats customers in the order of their Stripe IDs, by code unit.
 *
 * @returns One line for each customer, or the explanation of one customer.
 * @throws InvalidStripeDataError if objects refer to an object that the data does not contain.
 */
export function formatCustomers(data: StripeData, options: FormatOptions): string[] {
  const texts: string[] = [];
  const invalid: InvalidLine[] = [];
  for (const [id, customer] of selectCustomers(data.customers, options)) {
    try {
      texts.push(formatCustomer(customer, { ...options, defaultCurrency: data.defaultCurrency }));
    } catch (error) {
      if (error instanceof RangeError) throw new Error(`customer ${quoteName(id)}: ${error.message}`);
      if (!(error instanceof MissingMemberError)) throw error;
      // Finding the line takes long.
      invalid.push({ line: invalid.length < MAX_SEARCHED ? data.findLine(error) : Infinity, reason: error.message });
    }
  }
  if (invalid.length > 0) throw new InvalidStripeDataError(invalid, invalid.length);
  return texts;
}

const MAX_SEARCHED = 100;

function formatCustomer(data: CustomerData, options: FormatOptions & { defaultCurrency: string }): string {
  if (options.explain) return formatExplanation(data, options);
  return formatJson(options.byCurrency ? toFigures(data, options.at) : toCustomer(data, options));
}

function selectCustomers(
  customers: StripeData['customers'],
  { customer: id, explain }: FormatOptions,
): (readonly [id: string, data: CustomerData])[] {
  if (id !== undefined) {
    const data = customers.get(id);
    if (!data) throw new Error('The file has no customer with this Stripe ID. Check --customer.');
    return [[id, data]];
  }
  if (explain && customers.size > 1)
    throw new UsageError(`--explain is for one customer, and the file has ${customers.size}. Pass --customer.`);
  return [...customers].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** A customer as the API shows it, without a FirstOfficer ID. */
type CustomerWithoutId = Omit<ApiCustomer, 'id'> & { readonly id: null };

function toCustomer(
  data: CustomerData,
  { at, defaultCurrency }: { at: number; defaultCurrency: string },
): CustomerWithoutId {
  const snapshot = computeSnapshot(data, at, { defaultCurrency });
  return {
    object: 'customer',
    id: null,
    stripe_id: snapshot.stripe_id,
    extra_id: null,
    total_contract_value: snapshot.total_contract_value,
    current_mrr: snapshot.current_mrr,
    current_subscription_count: snapshot.current_subscription_count,
    currency: snapshot.currency,
  };
}

/** Returns the figures of a customer in each currency, without currencies whose figures are all 0. */
function toFigures(data: CustomerData, at: number) {
  const figures = [...computeFigures(data, at)].filter(([, part]) =>
    Object.values(part).some((figure) => figure !== 0),
  );
  return { stripe_id: data.id, figures: Object.fromEntries(figures) };
}
