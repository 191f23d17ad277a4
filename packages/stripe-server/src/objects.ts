/**
 * An object of the Stripe API, with its IDs and members as the API returns them.
 *
 * @example
 * const customer: StripeObject = { id: 'cus_1', object: 'customer', created: 1_790_000_000, livemode: false };
 */
export interface StripeObject {
  readonly id: string;
  /** The type, such as `customer`. */
  readonly object: string;
  readonly [member: string]: unknown;
}

/** A page of objects inside another object, such as the lines of an invoice. */
export interface NestedList {
  readonly object: 'list';
  readonly data: readonly StripeObject[];
  readonly has_more: boolean;
  readonly url: string;
}

/** Returns whether a value is a JSON object. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns whether a value is a Stripe object with an ID. */
export function isStripeObject(value: unknown): value is StripeObject {
  return isRecord(value) && typeof value.id === 'string' && typeof value.object === 'string';
}

/** Returns the objects of a nested list, or none if the value is not a list. */
export function readList(value: unknown): readonly StripeObject[] {
  return isRecord(value) && Array.isArray(value.data) ? value.data.filter(isStripeObject) : [];
}

/** Returns a member that is a string, or undefined. */
export function readText(object: StripeObject, member: string): string | undefined {
  const value = object[member];
  return typeof value === 'string' ? value : undefined;
}
