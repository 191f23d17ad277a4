import { isObject, isStorable, type JsonObject, type StripeReference } from '../objects.ts';
import { getEndpoint, type Parameters, type StripeClient } from './client.ts';
import { StripeError } from './stripe-error.ts';

/** A list inside an object, of which Stripe embeds only the first elements. */
interface NestedList {
  readonly member: string;
  readonly path: (id: string) => string;
  readonly params?: (id: string) => Parameters;
}

/** How objects of one type are read. */
interface Resource {
  readonly type: string;
  readonly path: string;
  /** Members that are requested as objects, or that Stripe otherwise leaves out. */
  readonly expand: readonly string[];
  readonly nested: readonly NestedList[];
}

/** A list of Stripe. Together, the lists contain all objects that the figures need, except inline prices. */
export interface ObjectList {
  /** The type of its objects, or `inactive_price`. */
  readonly name: string;
  /** The type of its objects, such as `price`. */
  readonly type: string;
  readonly params: Parameters;
}

/** A page of a list, newest objects first. */
export interface ObjectPage {
  /** The objects with all elements of their lists. */
  readonly objects: readonly JsonObject[];
  /** The ID of the last object: the cursor of the next page. Undefined if this is the last page. */
  readonly next: string | undefined;
  /** When the request was sent, in milliseconds since 1970. */
  readonly sentAt: number;
  /** The time of the response by Stripe's clock, in seconds since 1970. */
  readonly now: number;
}

/** Which objects of a list are requested. */
export interface ListSelection {
  /** The first second of `created`. Default: all. */
  readonly from?: number;
  /** The second after the last one. */
  readonly to?: number;
  /** The ID of the last object of the page before. */
  readonly after?: string | null | undefined;
}

// Stripe's maximum.
const PAGE_SIZE = 100;

const RESOURCES: readonly Resource[] = [
  { type: 'customer', path: '/v1/customers', expand: [], nested: [] },
  {
    type: 'subscription',
    path: '/v1/subscriptions',
    expand: [],
    nested: [{ member: 'items', path: () => '/v1/subscription_items', params: (id) => ({ subscription: id }) }],
  },
  { type: 'price', path: '/v1/prices', expand: ['currency_options'], nested: [] },
  {
    type: 'invoice',
    path: '/v1/invoices',
    expand: ['payments'],
    nested: [
      { member: 'lines', path: (id) => `/v1/invoices/${encodeURIComponent(id)}/lines` },
      { member: 'payments', path: () => '/v1/invoice_payments', params: (id) => ({ invoice: id }) },
    ],
  },
  { type: 'charge', path: '/v1/charges', expand: ['balance_transaction', 'failure_balance_transaction'], nested: [] },
  { type: 'refund', path: '/v1/refunds', expand: ['failure_balance_transaction'], nested: [] },
  {
    type: 'credit_note',
    path: '/v1/credit_notes',
    expand: [],
    nested: [{ member: 'lines', path: (id) => `/v1/credit_notes/${encodeURIComponent(id)}/lines` }],
  },
  { type: 'dispute', path: '/v1/disputes', expand: [], nested: [] },
];

/** The path of each list, such as `/v1/invoices`, with the members that are requested as objects. */
export const PATHS: readonly Pick<Resource, 'path' | 'expand'>[] = RESOURCES;

const BY_TYPE = new Map(RESOURCES.map((resource) => [resource.type, resource]));

/** The lists that a backfill reads. */
export const LISTS: readonly ObjectList[] = [
  { name: 'customer', type: 'customer', params: {} },
  // Without a status, Stripe leaves out subscriptions that have ended.
  { name: 'subscription', type: 'subscription', params: { status: 'all' } },
  // Stripe lists either active prices or inactive ones.
  { name: 'price', type: 'price', params: { active: 'true' } },
  { name: 'inactive_price', type: 'price', params: { active: 'false' } },
  ...['invoice', 'charge', 'refund', 'credit_note', 'dispute'].map((type) => ({ name: type, type, params: {} })),
];

/**
 * Reads a page of a list, and the elements of nested lists that Stripe did not embed, such as lines of invoices after the
 * tenth.
 *
 * @example
 * const page = await readPage(client, list, { selection: { from: 1_780_000_000, to: 1_790_000_000, after: cursor }, signal });
 */
export async function readPage(
  client: StripeClient,
  { type, params }: Pick<ObjectList, 'type' | 'params'>,
  { selection, signal }: { readonly selection: ListSelection; readonly signal?: AbortSignal },
): Promise<ObjectPage> {
  const resource = getResource(type);
  const expand = resource.expand.map((member) => `data.${member}`);
  const { items, next, ...times } = await readListPage(client, resource.path, {
    params: { ...formatSelection(selection), ...params, ...(expand.length > 0 && { expand }) },
    ...(signal && { signal }),
  });
  const objects = await Promise.all(items.map((item) => ifPresent(completeLists(client, item, signal))));
  return { objects: objects.filter((object) => object !== undefined), next, ...times };
}

/** Reads an object by its ID. `object` is undefined if Stripe does not have it any more. */
export async function readObjectById(
  client: StripeClient,
  { type, id }: StripeReference,
  signal?: AbortSignal,
): Promise<{ readonly object: JsonObject | undefined; readonly sentAt: number }> {
  const { path, expand } = getResource(type);
  const response = await ifPresent(
    client.get(`${path}/${encodeURIComponent(id)}`, expand.length > 0 ? { expand } : {}, signal),
  );
  // A deletion is final, so it is newer than everything that was read before.
  if (!response) return { object: undefined, sentAt: client.clock.now() };
  const { body, sentAt } = response;
  const object = body.deleted === true ? undefined : await ifPresent(completeLists(client, body, signal));
  return { object, sentAt };
}

/** Returns what a request returns, or undefined if Stripe has no such object, because it was deleted in the meantime. */
async function ifPresent<T>(request: Promise<T>): Promise<T | undefined> {
  try {
    return await request;
  } catch (error) {
    if (!(error instanceof StripeError) || error.fault !== 'missing') throw error;
    return undefined;
  }
}

/** Reads a page of events, newest first. */
export async function readEvents(
  client: StripeClient,
  { selection, signal }: { readonly selection: ListSelection; readonly signal?: AbortSignal },
): Promise<ObjectPage> {
  const { items, ...page } = await readListPage(client, '/v1/events', {
    params: formatSelection(selection),
    ...(signal && { signal }),
  });
  return { objects: items, ...page };
}

/**
 * Returns the object that an event is about, or undefined if the figures do not need it. The event does not contain the
 * object reliably: its members follow an older version of the API, and lines after the tenth are missing.
 *
 * @param event - An event of `/v1/events`, or the body of a webhook.
 * @example
 * readEventHint({ type: 'invoice_payment.paid', data: { object: { object: 'invoice_payment', invoice: 'in_1' } } });
 * // { type: 'invoice', id: 'in_1' }
 */
export function readEventHint(event: unknown): StripeReference | undefined {
  const data = isObject(event) && isObject(event.data) ? event.data.object : undefined;
  if (!isObject(data)) return undefined;
  // Invoices contain their payments. A plan is an older form of a price, with the same ID.
  if (data.object === 'invoice_payment') return createReference('invoice', data.invoice);
  if (data.object === 'plan') return createReference('price', data.id);
  return createReference(data.object, data.id);
}

/** Returns whether an object belongs to the mode of the client's key. Refunds and balance transactions do not say it. */
export function isOfMode({ livemode }: Pick<StripeClient, 'livemode'>, object: JsonObject): boolean {
  return object.livemode !== !livemode;
}

function createReference(type: unknown, id: unknown): StripeReference | undefined {
  const value = isObject(id) ? id.id : id;
  const isReadable = typeof type === 'string' && BY_TYPE.has(type) && typeof value === 'string' && isStorable(value);
  return isReadable ? { type, id: value } : undefined;
}

function getResource(type: string): Resource {
  const resource = BY_TYPE.get(type);
  if (!resource) throw new Error(`There is no list of objects of the type ${type}.`);
  return resource;
}

function formatSelection({ from, to, after }: ListSelection): Parameters {
  return {
    limit: PAGE_SIZE,
    ...(from !== undefined && { 'created[gte]': from }),
    ...(to !== undefined && { 'created[lt]': to }),
    ...(typeof after === 'string' && { starting_after: after }),
  };
}

/** Returns an object whose nested lists contain all elements. */
async function completeLists(client: StripeClient, object: JsonObject, signal?: AbortSignal): Promise<JsonObject> {
  const { id, object: type } = object;
  const resource = typeof type === 'string' ? BY_TYPE.get(type) : undefined;
  let complete = object;
  for (const { member, path, params } of resource?.nested ?? []) {
    const list = object[member];
    if (typeof id !== 'string' || !isObject(list) || list.has_more !== true) continue;
    // The order of embedded elements is not documented, so the list is read from its start.
    const data: JsonObject[] = [];
    let after: string | undefined;
    do {
      const page = await readListPage(client, path(id), {
        params: { limit: PAGE_SIZE, ...(after !== undefined && { starting_after: after }), ...params?.(id) },
        ...(signal && { signal }),
      });
      data.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    complete = { ...complete, [member]: { ...list, data, has_more: false } };
  }
  return complete;
}

async function readListPage(
  client: StripeClient,
  path: string,
  { params, signal }: { readonly params: Parameters; readonly signal?: AbortSignal },
) {
  const { body, sentAt, now } = await client.get(path, params, signal);
  const { data, has_more } = body;
  const next = has_more === true && Array.isArray(data) ? getId(data.at(-1)) : undefined;
  const isList = Array.isArray(data) && data.every(isObject) && typeof has_more === 'boolean';
  // Without a further cursor, the same page would be read again and again.
  if (!isList || (has_more && (next === undefined || next === params.starting_after))) {
    throw new StripeError(
      'refused',
      `Stripe did not answer ${getEndpoint(path)} with a page of a list. Try again later.`,
    );
  }
  return { items: data, next, sentAt, now };
}

function getId(value: unknown): string | undefined {
  return isObject(value) && typeof value.id === 'string' ? value.id : undefined;
}
