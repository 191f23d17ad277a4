/** A Stripe account's real data (`livemode`) or test data, in an account of ours. */
export interface StripeScope {
  readonly accountId: number;
  readonly livemode: boolean;
}

/** The type and ID of an object of Stripe's API. */
export interface StripeReference {
  /** The member `object`, such as `invoice`. */
  readonly type: string;
  readonly id: string;
}

/** An object as it is stored. */
export interface StripeRow extends StripeReference {
  /** The Stripe ID of the customer that the object names. */
  readonly customer: string | null;
  /** The ID of the object that this one follows: the charge of a refund, the payment intent of a charge. */
  readonly parent: string | null;
  /** In seconds since 1970. */
  readonly created: number | null;
  /** When the request began that read the object, in milliseconds since 1970. */
  readonly fetched: number;
  readonly isDeleted: boolean;
  /** The object as JSON, without the members that are left out. Null: the object is deleted, or belongs to a test clock. */
  readonly data: string | null;
  /** The IDs of the prices that the object names. */
  readonly prices: readonly string[];
}

/**
 * Returns the rows that store an object of Stripe's API: its own, and those of the payments of an invoice. Objects of test
 * clocks only store the fact that their customer belongs to one. Types that the figures do not need have no rows.
 *
 * @param fetched - When the request began that read the object, in milliseconds since 1970.
 * @example
 * const rows = page.data.flatMap((object) => toRows(object, startedAt));
 */
export function toRows(_object: unknown, _fetched: number): StripeRow[] {
  throw new Error('not written yet');
}

/** Returns the row of an object that Stripe does not have any more. A price keeps its data, because old invoices need it. */
export function toDeletedRow({ type, id }: StripeReference, fetched: number): StripeRow {
  const isCustomer = type === 'customer';
  return {
    type,
    id,
    customer: isCustomer ? id : null,
    parent: null,
    created: null,
    fetched,
    isDeleted: true,
    data: null,
    prices: [],
  };
}
