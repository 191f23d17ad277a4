import { MissingMemberError } from '../errors.ts';
import { type Decimal, isDecimal } from '../rational.ts';

type Member<T> = keyof T & string;

/** The objects of a list, which is an array or a page with the members `data` and `has_more`. */
type Item<T> = NonNullable<T> extends { data: (infer I)[] } ? I : NonNullable<T> extends (infer I)[] ? I : never;

type Child<T> = Exclude<NonNullable<T>, string>;

/**
 * Reads the members of a Stripe object, and throws a MissingMemberError with the path of a member that is missing or has
 * a wrong type. T is Stripe's type of the object, so that a misspelled member does not compile.
 */
export class ObjectReader<T> {
  readonly object: string;
  readonly id: string | undefined;
  private readonly value: Readonly<Record<string, unknown>>;
  private readonly path: string;

  constructor(
    value: Readonly<Record<string, unknown>>,
    place: { object: string; id: string | undefined; path?: string },
  ) {
    this.value = value;
    this.object = place.object;
    this.id = place.id;
    this.path = place.path ?? '';
  }

  /** Returns whether the member is there and is not null. */
  has(member: Member<T>): boolean {
    return this.get(member) !== undefined;
  }

  /** Returns whether the member is there, even if it is null. */
  isPresent(member: Member<T>): boolean {
    return this.value[member] !== undefined;
  }

  isTrue(member: Member<T>): boolean {
    return this.get(member) === true;
  }

  isFalse(member: Member<T>): boolean {
    return this.get(member) === false;
  }

  integer(member: Member<T>): number {
    return this.optionalInteger(member) ?? this.fail(member);
  }

  optionalInteger(member: Member<T>): number | undefined {
    const value = this.get(member);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !Number.isSafeInteger(value))
      return this.fail(member, 'is not an integer from −(2^53−1) to 2^53−1');
    return value;
  }

  time(member: Member<T>): number {
    return this.optionalTime(member) ?? this.fail(member);
  }

  /** Reads a time in seconds. */
  optionalTime(member: Member<T>): number | undefined {
    const value = this.optionalInteger(member);
    return value !== undefined && Math.abs(value) > LAST_SECOND ? this.fail(member, 'is not a time in seconds') : value;
  }

  currency(member: Member<T>): string {
    return this.optionalCurrency(member) ?? this.fail(member);
  }

  optionalCurrency(member: Member<T>): string | undefined {
    const value = this.optionalString(member);
    return value === undefined || CURRENCY.test(value) ? value : this.fail(member, 'is not a currency such as "usd"');
  }

  string(member: Member<T>): string {
    return this.optionalString(member) ?? this.fail(member);
  }

  optionalString(member: Member<T>): string | undefined {
    const value = this.get(member);
    if (value === undefined) return undefined;
    if (typeof value !== 'string' || value === '') return this.fail(member, 'is not text');
    return value;
  }

  /** Reads a decimal number: text, an integer, or an instance of the Decimal class of Stripe's SDK. */
  optionalDecimal(member: Member<T>): Decimal | undefined {
    const value = this.get(member);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    const isObject = isRecord(value) && typeof value.toString === 'function';
    const text = typeof value === 'string' || isObject ? String(value) : '';
    return isDecimal(text) ? text : this.fail(member, 'is not a decimal number');
  }

  /** Returns the ID of an object that may be expanded. */
  reference(member: Member<T>): string {
    return this.optionalReference(member) ?? this.fail(member);
  }

  optionalReference(member: Member<T>): string | undefined {
    const value = this.get(member);
    if (!isRecord(value)) return this.optionalString(member);
    return typeof value.id === 'string' && value.id !== '' ? value.id : this.fail(`${member}.id`);
  }

  /** Returns a reader of an object inside this object; undefined if the member is null, missing or an ID. */
  child<K extends Member<T>>(member: K): ObjectReader<Child<T[K]>> | undefined {
    const value = this.get(member);
    return isRecord(value) ? this.read(value, member) : undefined;
  }

  /** Returns a reader of an object inside this object, which throws for all its members if the object is missing. */
  requiredChild<K extends Member<T>>(member: K): ObjectReader<Child<T[K]>> {
    return this.child(member) ?? this.read({}, member);
  }

  /** Returns the values of a list, which may be IDs or objects; an empty list if the member is null or missing. */
  list<K extends Member<T>>(member: K): (string | ObjectReader<Exclude<Item<T[K]>, string>>)[] {
    const value = this.get(member);
    if (value === undefined) return [];
    const isPage = isRecord(value) && !Array.isArray(value);
    const items = isPage ? value.data : value;
    const path = isPage ? `${member}.data` : member;
    if (!Array.isArray(items)) return this.fail(path);
    if (isPage && value.has_more === true) this.fail(path, 'is not complete: has_more is true. Add the further pages');
    return items.map((item: unknown, index) => {
      if (typeof item === 'string') return item;
      return isRecord(item) ? this.read(item, `${path}[${index}]`) : this.fail(`${path}[${index}]`, 'is not an object');
    });
  }

  /** Returns readers of the objects of a list. */
  objects<K extends Member<T>>(member: K): ObjectReader<Exclude<Item<T[K]>, string>>[] {
    return this.list(member).map((item, index) =>
      typeof item === 'string' ? this.fail(`${member}[${index}]`, 'is not an object') : item,
    );
  }

  /** Returns a reader of each object of a map, such as the options of a price by currency. */
  entries(): [string, ObjectReader<T[Member<T>]>][] {
    return Object.entries(this.value).flatMap(([key, value]) =>
      isRecord(value) ? [[key, this.read(value, key)]] : [],
    );
  }

  fail(member: string, problem?: string): never {
    throw new MissingMemberError({ object: this.object, id: this.id, member: `${this.path}${member}` }, problem);
  }

  private get(member: string): unknown {
    return this.value[member] ?? undefined;
  }

  private read<U>(value: Readonly<Record<string, unknown>>, member: string): ObjectReader<U> {
    return new ObjectReader<U>(value, { object: this.object, id: this.id, path: `${this.path}${member}.` });
  }
}

/** The end of the year 9999. */
const LAST_SECOND = 253_402_300_799;
const CURRENCY = /^[a-z]{3}$/;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
