import { asArray, type Parameter } from '@firstofficer/openapi';
import { compareValues } from './filters.ts';
import type { Evidence, ListSource } from './list-source.ts';
import { findSchemasOf, getAt, type Property, parsePointer, readProperty } from './property.ts';

/** One value of a parameter that sorts a list. */
export interface Sort {
  readonly parameter: Parameter;
  readonly value: string;
  /** A second parameter with the direction. */
  readonly order: { readonly parameter: Parameter; readonly value: string } | undefined;
  /** The path of the member in an item. */
  readonly path: readonly string[];
  /** Undefined if the description does not say it. */
  readonly direction: 'ascending' | 'descending' | undefined;
  readonly evidence: Evidence;
}

const SORTS = ['sort', 'sort_by', 'sortBy', 'order_by', 'orderBy', 'ordering', 'sort[by]'];
const ORDERS = ['order', 'direction', 'sort_order', 'sortOrder', 'sort_direction', 'sortDirection', 'sort_dir', 'dir'];

/** Returns the values by which an operation sorts its list: those that name a member of the items. */
export function readSorts(source: ListSource): Sort[] {
  const { document, operation, hints, itemSchemas, properties } = source;
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  if (hints.sort) {
    const { parameter: name, values } = hints.sort;
    const parameter = inQuery.find((one) => one.name === name);
    if (!parameter) return [];
    return Object.entries(values).flatMap(([value, pointer]): Sort[] => {
      const path = parsePointer(pointer.replace(/^-/, ''));
      if (!readProperty(document, findSchemasOf(document, itemSchemas, path))) return [];
      const direction = pointer.startsWith('-') ? 'descending' : 'ascending';
      return [{ parameter, value, order: undefined, path, direction, evidence: 'hint' }];
    });
  }
  const parameter = inQuery.find(({ name }) => SORTS.includes(name));
  const values = listChoices(parameter);
  if (!parameter || values.length === 0) return [];
  const order = inQuery.find((one) => ORDERS.includes(one.name) && listChoices(one).length > 0);
  const parsed = values.map((value) => ({ value, ...parseSort(value, properties) }));
  // If a value names no member, the names may have another meaning.
  if (parsed.some(({ name }) => name === undefined)) return [];
  return parsed.flatMap(({ value, name = '', direction }): Sort[] => {
    const property = properties.get(name);
    if (!property || !isSortable(property)) return [];
    const sort = { parameter, value, path: [name], evidence: 'certain' } as const;
    if (direction) return [{ ...sort, order: undefined, direction }];
    if (order) {
      return listChoices(order).flatMap((one): Sort[] => {
        const named = /^asc/i.test(one) ? 'ascending' : /^desc/i.test(one) ? 'descending' : undefined;
        return named ? [{ ...sort, order: { parameter: order, value: one }, direction: named }] : [];
      });
    }
    const hasOpposite = parsed.some((other) => other.name === name && other.direction === 'descending');
    return [{ ...sort, order: undefined, direction: hasOpposite ? 'ascending' : undefined }];
  });
}

function listChoices(parameter: Parameter | undefined): string[] {
  const schema = parameter?.schema ?? {};
  const { enum: choices } = (schema.items ?? schema) as { readonly enum?: unknown };
  return asArray(choices).filter((choice) => typeof choice === 'string');
}

/** Returns the member and the direction of a value such as `-year`, `year:desc`, `year desc` or `year_desc`. */
function parseSort(
  value: string,
  properties: ReadonlyMap<string, Property>,
): { readonly name?: string; readonly direction?: 'ascending' | 'descending' } {
  if (properties.has(value)) return { name: value };
  const sign = /^[-+]/.exec(value)?.[0];
  const signed = value.slice(1);
  if (sign !== undefined && properties.has(signed)) {
    return { name: signed, direction: sign === '-' ? 'descending' : 'ascending' };
  }
  const [, name = '', word = ''] = /^(.+?)[\s:,._-](asc|desc)(?:ending)?$/i.exec(value) ?? [];
  return properties.has(name) ? { name, direction: /^asc/i.test(word) ? 'ascending' : 'descending' } : {};
}

/** Returns whether the order of values is certain. Choices may be sorted by their rank, and times may be text. */
function isSortable({ types, choices }: Property): boolean {
  return types.length === 1 && choices === undefined && ['number', 'string', 'boolean'].includes(types[0] ?? '');
}

/**
 * Returns the first two items that are out of order, or undefined if there are none. Items without a value may be
 * anywhere. Text may be sorted by code unit, or by the rules of a language.
 */
export function findOutOfOrder(
  { path, direction }: Pick<Sort, 'path' | 'direction'>,
  items: readonly unknown[],
): readonly [first: unknown, second: unknown] | undefined {
  const values = items.map((item) => getAt(item, path)).filter(isOrdered);
  const directions = direction === undefined ? ([1, -1] as const) : [direction === 'ascending' ? 1 : -1];
  const found = directions.flatMap((sign) =>
    ORDERS_OF_VALUES.map((compare) => {
      const index = values.findIndex(
        (value, position) => position > 0 && sign * compare(values[position - 1], value) > 0,
      );
      return index < 0 ? undefined : ([values[index - 1], values[index]] as const);
    }),
  );
  return found.every((pair) => pair !== undefined) ? found[0] : undefined;
}

/** Returns whether all languages have the same place for a value, except for letter case and punctuation. */
function isOrdered(value: unknown): boolean {
  return value !== null && value !== undefined && (typeof value !== 'string' || /^[\x20-\x7e]*$/.test(value));
}

const collator = new Intl.Collator('en');
const plainCollator = new Intl.Collator('en', { sensitivity: 'base', ignorePunctuation: true, numeric: true });

// Text is in order if it is in order by any of these.
const ORDERS_OF_VALUES: readonly ((one: unknown, other: unknown) => number)[] = [
  (one, other) => compareValues(one, other) ?? compareText(String(one), String(other)),
  (one, other) => compareValues(one, other) ?? compareText(String(one).toLowerCase(), String(other).toLowerCase()),
  (one, other) => compareValues(one, other) ?? collator.compare(String(one), String(other)),
  (one, other) => compareValues(one, other) ?? plainCollator.compare(String(one), String(other)),
];

function compareText(one: string, other: string): number {
  return Number(one > other) - Number(one < other);
}
