import { KEPT, LEFT_OUT } from './left-out.ts';

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

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The types that are stored, and the members that name the object that one of this type follows. The first ID counts. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  customer: [],
  price: [],
  subscription: [],
  invoice: [],
  invoice_payment: ['invoice'],
  charge: ['payment_intent'],
  refund: ['charge', 'payment_intent'],
  credit_note: ['invoice'],
  dispute: ['charge', 'payment_intent'],
};

/**
 * Returns the rows that store an object of Stripe's API: its own, and those of the payments of an invoice. Objects of test
 * clocks only store the fact that their customer belongs to one. Types that the figures do not need have no rows, and
 * neither do objects whose IDs no database can store.
 *
 * @param fetched - When the request began that read the object, in milliseconds since 1970.
 * @example
 * const rows = page.data.flatMap((object) => toRows(object, startedAt));
 */
export function toRows(object: unknown, fetched: number): StripeRow[] {
  if (!isObject(object)) return [];
  const type = String(object.object);
  const id = getId(object);
  const parents = Object.hasOwn(PARENTS, type) ? PARENTS[type] : undefined;
  if (!parents || id === null) return [];
  const customer = type === 'customer' ? id : getId(object.customer);
  if (customer === null && hasId(object.customer)) return [];
  if (object.test_clock) return customer === null ? [] : [toTestClockRow(customer, fetched)];
  if (object.deleted === true) return [toDeletedRow({ type, id }, fetched)];
  const payments = type === 'invoice' && isObject(object.payments) ? toList(object.payments.data) : [];
  const row: StripeRow = {
    type,
    id,
    customer,
    parent: parents.map((name) => getId(object[name])).find((parent) => parent !== null) ?? null,
    created: Number.isSafeInteger(object.created) ? Number(object.created) : null,
    fetched,
    isDeleted: false,
    data: format(type, payments.length > 0 ? { ...object, payments: undefined } : object),
    prices: type === 'invoice' ? listPrices(object) : [],
  };
  return [row, ...payments.flatMap((payment) => toPaymentRows(payment, row))];
}

/**
 * Returns the row of a payment of an invoice. It connects the payment intent with the customer, because neither a charge
 * nor a payment intent has to name the customer of the invoice that it pays.
 */
function toPaymentRows(payment: unknown, { id, customer, fetched }: StripeRow): StripeRow[] {
  if (!isObject(payment)) return [];
  const { payment: paid } = payment;
  const parent = isObject(paid) ? (getId(paid.payment_intent) ?? getId(paid.charge)) : null;
  return toRows({ invoice: id, ...payment }, fetched).map((row) => ({
    ...row,
    customer,
    parent: parent ?? row.parent,
  }));
}

/** Returns the row of an object that Stripe does not have any more. A price keeps its data, because old invoices need it. */
export function toDeletedRow(reference: StripeReference, fetched: number): StripeRow {
  return { ...createEmptyRow(reference, fetched), isDeleted: true };
}

/** Returns the row that says that a customer belongs to a test clock. */
function toTestClockRow(id: string, fetched: number): StripeRow {
  return createEmptyRow({ type: 'customer', id }, fetched);
}

/** Returns whether a row says that a customer belongs to a test clock. */
export function isTestClockRow({ type, isDeleted, data }: StripeRow): boolean {
  return type === 'customer' && !isDeleted && data === null;
}

function createEmptyRow({ type, id }: StripeReference, fetched: number): StripeRow {
  const customer = type === 'customer' ? id : null;
  return { type, id, customer, parent: null, created: null, fetched, isDeleted: false, data: null, prices: [] };
}

/** Returns an object as JSON, without the members that are left out. */
function format(type: string, object: JsonObject): string {
  const kept = Object.hasOwn(KEPT, type) ? KEPT[type] : undefined;
  if (kept) return JSON.stringify(Object.fromEntries(kept.map((name) => [name, object[name]])));
  return JSON.stringify(object, (name, value) => (LEFT_OUT.has(name) ? undefined : value));
}

/** Returns the IDs of the prices that the lines of an invoice name. */
export function listPrices({ lines }: JsonObject): string[] {
  const ids = toList(isObject(lines) ? lines.data : undefined).flatMap((line) => {
    const pricing = isObject(line) && isObject(line.pricing) ? line.pricing : {};
    const price = isObject(pricing.price_details) ? pricing.price_details.price : undefined;
    return typeof price === 'string' && isStorable(price) ? price : [];
  });
  return [...new Set(ids)];
}

/** Returns the prices that the items of a subscription contain. */
export function listItemPrices({ items }: JsonObject): (JsonObject & { readonly id: string })[] {
  return toList(isObject(items) ? items.data : undefined).flatMap((item) => {
    const price = isObject(item) && isObject(item.price) ? item.price : undefined;
    return price && typeof price.id === 'string' ? { ...price, id: price.id } : [];
  });
}

/** Returns the ID of an object that is expanded or not. Null if there is none, or if no database can store it. */
function getId(reference: unknown): string | null {
  const id = isObject(reference) ? reference.id : reference;
  return typeof id === 'string' && isStorable(id) ? id : null;
}

const hasId = (reference: unknown) => typeof (isObject(reference) ? reference.id : reference) === 'string';

// In characters. A request cannot name a longer identifier.
const MAX_LENGTH = 1_024;

/**
 * Returns whether a text can be stored as an identifier, and found again. PostgreSQL cannot store NUL, and a URL cannot
 * contain an unpaired surrogate.
 */
export function isStorable(text: string): boolean {
  if (text === '' || text.length > 2 * MAX_LENGTH || !text.isWellFormed() || text.includes('\0')) return false;
  return text.length <= MAX_LENGTH || [...text].length <= MAX_LENGTH;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
