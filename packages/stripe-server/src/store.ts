import { isStripeObject, type NestedList, readList, readText, type StripeObject } from './objects.ts';
import { findResource, type Resource } from './resources.ts';

/** An object in the store, with its place in the list of its type. */
export interface Entry {
  readonly id: string;
  readonly type: string;
  readonly created: number;
  /** The number of objects that were added before. Orders objects of the same second. */
  readonly sequence: number;
  readonly object: StripeObject;
  readonly isDeleted: boolean;
  /** Whether lists contain the object. The prices of inline items are found only by their ID. */
  readonly isListed: boolean;
}

/** The objects of the server. */
export class Store {
  readonly #entries = new Map<string, Entry>();
  // Newest first, also with deleted objects: their IDs remain valid cursors.
  readonly #lists = new Map<string, Entry[]>();
  readonly #payments = new Map<string, Set<string>>();
  #sequence = 0;
  #version = 0;

  /** How often the objects have changed. */
  get version(): number {
    return this.#version;
  }

  /** Adds objects that nobody has seen yet. Faster than adding each of them. */
  addAll(
    objects: Iterable<StripeObject>,
    { created, unlisted }: { created: number; unlisted: ReadonlySet<string> },
  ): void {
    for (const object of objects) {
      for (const part of splitObject(object)) {
        const entry = this.#createEntry(part, { created, isListed: !unlisted.has(part.id) });
        this.#getList(entry.type).push(entry);
      }
    }
    for (const list of this.#lists.values()) list.sort(compareEntries);
    // An ID that occurred twice is in the list twice. The last object with the ID wins.
    for (const [type, list] of this.#lists)
      this.#lists.set(
        type,
        list.filter((entry) => this.find(entry.id) === entry),
      );
  }

  /** Adds an object, or replaces the object with the same ID. Returns its entry and whether it is new. */
  put(object: StripeObject, options: { created: number; isListed: boolean }): { entry: Entry; isNew: boolean } {
    const [main = object, ...parts] = splitObject(object);
    for (const part of parts) this.#putOne(part, { ...options, isListed: true });
    return this.#putOne(main, options);
  }

  /** Marks an object as deleted. Returns its entry, or undefined if there is none. */
  delete(id: string): Entry | undefined {
    const entry = this.find(id);
    if (!entry || entry.isDeleted) return undefined;
    const deleted: Entry = { ...entry, isDeleted: true };
    this.#replace(entry, deleted);
    return deleted;
  }

  /** Returns the entry of an ID, also of a deleted object. */
  find(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Returns all entries of a type, newest first. */
  list(type: string): readonly Entry[] {
    return this.#getList(type);
  }

  /** Returns the objects of a list inside an object. */
  listNested(object: StripeObject, member: string): readonly StripeObject[] {
    if (member !== 'payments') return readList(object[member]);
    const ids = [...(this.#payments.get(object.id) ?? [])];
    const entries = ids.flatMap((id) => this.find(id) ?? []).filter(({ isDeleted }) => !isDeleted);
    return entries.sort(compareEntries).map((entry) => entry.object);
  }

  /** Returns the first page of a list inside an object. */
  embed(object: StripeObject, member: string, size: number): NestedList {
    const data = this.listNested(object, member);
    return {
      object: 'list',
      data: data.slice(0, size),
      has_more: data.length > size,
      url: getNestedUrl(object, member),
    };
  }

  #putOne(object: StripeObject, options: { created: number; isListed: boolean }): { entry: Entry; isNew: boolean } {
    const before = this.find(object.id);
    const entry = this.#createEntry(object, options);
    if (before) this.#replace(before, entry);
    else this.#getList(entry.type).splice(findPosition(this.#getList(entry.type), entry), 0, entry);
    return { entry, isNew: before === undefined };
  }

  #createEntry(object: StripeObject, { created, isListed }: { created: number; isListed: boolean }): Entry {
    if (!findResource(object.object)) throw new Error(`the server has no objects of the type ${object.object}`);
    const before = this.find(object.id);
    const entry: Entry = {
      id: object.id,
      type: object.object,
      created: before?.created ?? (typeof object.created === 'number' ? object.created : created),
      sequence: before?.sequence ?? this.#sequence++,
      object,
      isDeleted: false,
      isListed: before?.isListed ?? isListed,
    };
    this.#version += 1;
    this.#entries.set(entry.id, entry);
    const invoice = object.object === 'invoice_payment' ? readText(object, 'invoice') : undefined;
    if (invoice !== undefined) this.#payments.set(invoice, (this.#payments.get(invoice) ?? new Set()).add(object.id));
    return entry;
  }

  #replace(before: Entry, after: Entry): void {
    const list = this.#getList(before.type);
    list[findPosition(list, before)] = after;
    this.#entries.set(after.id, after);
    this.#version += 1;
  }

  #getList(type: string): Entry[] {
    const list = this.#lists.get(type) ?? [];
    this.#lists.set(type, list);
    return list;
  }
}

/** Orders entries as lists of Stripe do: newest first. */
function compareEntries(a: Entry, b: Entry): number {
  return b.created - a.created || b.sequence - a.sequence;
}

/** Returns the position of an entry in a list, or where it belongs. */
export function findPosition(list: readonly Entry[], entry: Pick<Entry, 'created' | 'sequence'>): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = list[middle];
    const isBefore = other && (other.created - entry.created || other.sequence - entry.sequence) > 0;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Splits an object with expanded members into the object with IDs and the other objects, as Stripe stores them. The first
 * element is the object itself.
 */
function splitObject(object: StripeObject): StripeObject[] {
  const resource = findResource(object.object);
  const parts: StripeObject[] = [];
  const members: Record<string, unknown> = {};
  for (const member of resource?.expandable ?? []) {
    const value = object[member];
    if (isStripeObject(value)) members[member] = value.id;
    if (isStripeObject(value)) parts.push(...splitObject(value));
    if (resource?.nested?.[member] !== undefined && value !== undefined) {
      members[member] = undefined;
      parts.push(...readList(value));
    }
  }
  return parts.length === 0 && Object.keys(members).length === 0
    ? [object]
    : [Object.assign({}, object, members), ...parts];
}

function getNestedUrl(object: StripeObject, member: string): string {
  if (member === 'payments') return `/v1/invoice_payments?invoice=${object.id}`;
  if (member === 'items') return `/v1/subscription_items?subscription=${object.id}`;
  const resource: Resource | undefined = findResource(object.object);
  return `${resource?.path}/${object.id}/${member}`;
}
