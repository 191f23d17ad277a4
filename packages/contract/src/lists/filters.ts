import { asObject, type JsonSchema, type Parameter } from '@firstofficer/openapi';
import type { ParameterValue } from '../request/serialization.ts';
import type { HintedRelation } from './hints.ts';
import type { Evidence, ListSource } from './list-source.ts';
import { findMentioned, findSide, hasOwnDates, isInclusive, listDates } from './periods.ts';
import {
  findSchemasOf,
  getAt,
  isSameKind,
  listSchemas,
  type Property,
  parsePointer,
  readProperty,
} from './property.ts';

/**
 * How a filter compares a member of an item with its value. `text` may be equality, a prefix or a part. `ordered` may be
 * equality or a limit: `guests=2` may select the items with 2 guests, or with at least 2. `from` and `to` limit a period that
 * is compared with some dates of the item.
 */
type Relation = HintedRelation | 'text' | 'ordered' | 'min' | 'max' | 'from' | 'to';

/** A parameter that selects the items by one of their members. */
export interface Filter {
  /** The name for test cases, such as `year[gte]`. */
  readonly name: string;
  readonly parameter: Parameter;
  /** The path of the member in an item. */
  readonly path: readonly string[];
  readonly relation: Relation;
  /** The schemas of one value of the filter. */
  readonly schema: JsonSchema;
  readonly evidence: Evidence;
  /** The members of the items. */
  readonly properties: ReadonlyMap<string, Property>;
  /** Returns the value of the parameter for one or more values of the member. */
  toParameter(values: readonly unknown[]): ParameterValue;
}

const RANGES: Readonly<Record<string, Relation>> = {
  gte: 'gte',
  gt: 'gt',
  lte: 'lte',
  lt: 'lt',
  min: 'min',
  max: 'max',
  from: 'min',
  to: 'max',
  after: 'min',
  before: 'max',
};

/** Returns the parameters that select items by a member of the same name and kind, and those that hints name. */
export function readFilters(source: ListSource): Filter[] {
  const { document, operation, hints, itemSchemas } = source;
  return operation.parameters.flatMap((parameter): Filter[] => {
    if (parameter.in !== 'query' || !parameter.schema || parameter.content) return [];
    const own = readProperty(document, listSchemas(document, parameter.schema));
    if (!own) return [];
    const hint = hints.filters?.[parameter.name];
    if (hint !== undefined) {
      const { member, is } = typeof hint === 'string' ? { member: hint, is: undefined } : hint;
      const path = parsePointer(member);
      const property = readProperty(document, findSchemasOf(document, itemSchemas, path));
      return property
        ? [
            createFilter(source, parameter, {
              path,
              own,
              relation: is ?? findEquality(own, property),
              evidence: 'hint',
            }),
          ]
        : [];
    }
    const found = [...readEqualities(source, parameter, own), ...readRanges(source, parameter, own)];
    return found.length > 0 ? found : readPeriod(source, parameter, own);
  });
}

interface FoundFilter {
  /** What the schema of the parameter says. */
  readonly own: Property;
  readonly path: readonly string[];
  readonly relation: Relation;
  readonly evidence: Evidence;
  /** The member of an object in the query, such as `gte` of `year[gte]`. */
  readonly member?: string;
}

function createFilter(
  { properties }: ListSource,
  parameter: Parameter,
  { member, own, ...found }: FoundFilter,
): Filter {
  const [schema = {}] =
    member === undefined ? (own.items ?? own).schemas : [asObject(asObject(parameter.schema?.properties)[member])];
  return {
    ...found,
    name: member === undefined ? parameter.name : `${parameter.name}[${member}]`,
    parameter,
    schema,
    properties,
    toParameter(values) {
      if (own.items) return [...values];
      const [value] = values as readonly ParameterValue[];
      return member === undefined ? (value ?? '') : { [member]: value };
    },
  };
}

/** Returns the filters by equality of a parameter: its own, or those of the members of `filter`. */
function readEqualities(source: ListSource, parameter: Parameter, own: Property): Filter[] {
  const { document } = source;
  const [, inner] = /^filters?\[(\w+)\]$/.exec(parameter.name) ?? [];
  if (!/^(filters?|where)$/.test(parameter.name) || !own.types.includes('object')) {
    return readEquality(source, parameter, { name: inner ?? parameter.name, own });
  }
  return Object.entries(asObject(parameter.schema?.properties)).flatMap(([member, schema]) => {
    const values = readProperty(document, listSchemas(document, schema));
    return values ? readEquality(source, parameter, { name: member, own: values, member }) : [];
  });
}

interface EqualityCandidate {
  readonly name: string;
  readonly own: Property;
  readonly member?: string;
}

/** Returns the filter of a parameter with the same name and kind as a member of the items. */
function readEquality(source: ListSource, parameter: Parameter, candidate: EqualityCandidate): Filter[] {
  const { properties } = source;
  const { name, own, member } = candidate;
  const property = properties.get(name);
  if (!property) return [];
  const values = own.items ?? own;
  const target = property.items ?? property;
  if (own.types.includes('object') || target.types.includes('object') || values.types.length !== 1) return [];
  if (values.types[0] !== target.types[0] || target.types.length !== 1) return [];
  return [
    createFilter(source, parameter, {
      own,
      ...(member !== undefined && { member }),
      path: [name],
      relation: findImpliedEquality(name, own, property),
      evidence: isSameKind(values, target) && !isVague(values) ? 'certain' : 'inferred',
    }),
  ];
}

/** Returns whether equality is unlikely for a kind of values: few lists are filtered by an exact time or fraction. */
function isVague({ format, schemas }: Property): boolean {
  return format === 'date-time' || schemas.some(({ type }) => [type].flat().includes('number'));
}

function findImpliedEquality(name: string, own: Property, property: Property): Relation {
  const { types, choices, format } = own.items ?? own;
  const isOrdered = types.includes('number') || format === 'date' || format === 'date-time';
  const isIdentifier = /(^|[_-])id$|Id$/.test(name);
  return isOrdered && !choices && !property.items && !isIdentifier ? 'ordered' : findEquality(own, property);
}

function findEquality(own: Property, property: Property): Relation {
  if (property.items) return 'equal';
  const { types, choices, format } = own.items ?? own;
  const isFreeText = types.includes('string') && choices === undefined && !EXACT_FORMATS.includes(format ?? '');
  return isFreeText ? 'text' : 'equal';
}

const EXACT_FORMATS = ['uuid', 'date', 'date-time'];

/** Returns the filters of a parameter such as `year[gte]`, as one object `year` or with the name itself, or `year_gte`. */
function readRanges(source: ListSource, parameter: Parameter, own: Property): Filter[] {
  const { document, properties } = source;
  const asMembers = Object.entries(asObject(parameter.schema?.properties)).map(([member, schema]) => ({
    name: parameter.name,
    range: member,
    member,
    values: readProperty(document, listSchemas(document, schema)),
  }));
  const [, name, range] =
    /^(.+)\[(\w+)\]$/.exec(parameter.name) ??
    /^(.+?)(?:_|__|\.)(gte|gt|lte|lt|min|max|from|to|after|before)$/.exec(parameter.name) ??
    [];
  const prefixed = /^(min|max)_(.+)$/.exec(parameter.name);
  const asName = [
    ...(name !== undefined && range !== undefined ? [{ name, range, member: undefined, values: own }] : []),
    ...(prefixed?.[1] && prefixed[2]
      ? [{ name: prefixed[2], range: prefixed[1], member: undefined, values: own }]
      : []),
  ];
  return [...(own.types.includes('object') ? asMembers : []), ...asName].flatMap((one): Filter[] => {
    const property = properties.get(one.name);
    const relation = Object.hasOwn(RANGES, one.range) ? RANGES[one.range] : undefined;
    if (!property || !relation || !one.values || !isComparable(property) || !isComparable(one.values)) return [];
    const found = {
      own,
      path: [one.name],
      relation,
      evidence: isSameKind(one.values, property) ? 'certain' : 'inferred',
    } as const;
    return [createFilter(source, parameter, { ...found, ...(one.member !== undefined && { member: one.member }) })];
  });
}

const LIMITS = { from: ['gt', 'min', 'gte'], to: ['lt', 'max', 'lte'] } as const;

/**
 * Returns the filter of a parameter such as `from`. Its text may mention the member and whether the limit itself matches.
 * Otherwise only dates that are far away are certain.
 */
function readPeriod(source: ListSource, parameter: Parameter, own: Property): Filter[] {
  const { properties } = source;
  const side = findSide(parameter.name);
  if (!side || (own.format !== 'date' && own.format !== 'date-time')) return [];
  const member = findMentioned(parameter, properties, own);
  const [exclusive, open, inclusive] = LIMITS[side];
  if (member !== undefined) {
    const isIn = isInclusive(parameter);
    const relation = isIn === undefined ? open : isIn ? inclusive : exclusive;
    return [createFilter(source, parameter, { own, path: [member], relation, evidence: 'certain' })];
  }
  if (!hasOwnDates(properties, own)) return [];
  return [createFilter(source, parameter, { own, path: [], relation: side, evidence: 'certain' })];
}

function isComparable({ types, format, choices }: Property): boolean {
  if (types.length !== 1 || choices) return false;
  return types[0] === 'number' || (types[0] === 'string' && (format === 'date' || format === 'date-time'));
}

/** Whether an item matches a filter. Undefined means that it depends on details that the description leaves open. */
export type Match = boolean | undefined;

/** Returns whether an item matches a filter with these values. */
export function matchItem(
  { path, relation, properties }: Pick<Filter, 'path' | 'relation'> & Partial<Pick<Filter, 'properties'>>,
  item: unknown,
  values: readonly unknown[],
): Match {
  if (relation === 'from' || relation === 'to')
    return matchPeriod(relation, listDates(item, properties ?? new Map()), values);
  const actual = getAt(item, path);
  // A missing member may have a default.
  if (actual === undefined) return undefined;
  if (Array.isArray(actual)) return matchList(actual, relation, values);
  if (actual === null) return false;
  const [first] = values;
  switch (relation) {
    case 'equal':
    case 'any':
    case 'all':
      return values.some((value) => isEqual(actual, value));
    case 'text':
    case 'contains': {
      const isExact = values.some((value) => String(actual) === String(value));
      const isPart = values.some((value) => fold(actual).includes(fold(value)));
      return isExact || (relation === 'contains' && isPart) ? true : isPart ? undefined : false;
    }
    case 'ordered':
      return values.some((value) => isEqual(actual, value)) ? true : undefined;
    default: {
      const order = compareValues(actual, first);
      return order === undefined ? undefined : matchRange(relation, order);
    }
  }
}

const YEARS_10 = 10 * 366 * 24 * 60 * 60 * 1000;

/** Returns false if all dates of an item are years away from the period. Otherwise its computed end may be in the period. */
function matchPeriod(side: 'from' | 'to', dates: readonly string[] = [], [value]: readonly unknown[]): Match {
  const limit = toNumber(value);
  const isFar = (date: string) => {
    const time = toNumber(date);
    return time !== undefined && limit !== undefined && (side === 'from' ? limit - time : time - limit) > YEARS_10;
  };
  return dates.length > 0 && dates.every(isFar) ? false : undefined;
}

function matchList(actual: readonly unknown[], relation: Relation, values: readonly unknown[]): Match {
  const has = (value: unknown) => actual.some((one) => isEqual(one, value));
  if (relation === 'all') return values.every(has);
  if (relation !== 'any' && values.length > 1) {
    // The parameter may require one of the values or all of them.
    return values.every(has) ? true : values.some(has) ? undefined : false;
  }
  return values.some(has);
}

function matchRange(relation: Relation, order: number): Match {
  switch (relation) {
    case 'gte':
      return order >= 0;
    case 'gt':
      return order > 0;
    case 'lte':
      return order <= 0;
    case 'lt':
      return order < 0;
    case 'min':
      return order === 0 ? undefined : order > 0;
    default:
      return order === 0 ? undefined : order < 0;
  }
}

function isEqual(actual: unknown, value: unknown): boolean {
  if (typeof actual === 'number' || typeof actual === 'boolean') return String(actual) === String(value);
  return compareValues(actual, value) === 0 || fold(actual) === fold(value);
}

function fold(value: unknown): string {
  return String(value).toLowerCase();
}

/** Compares two numbers, dates or times. Returns undefined for other values. */
export function compareValues(one: unknown, other: unknown): number | undefined {
  const [a, b] = [one, other].map(toNumber);
  return a === undefined || b === undefined ? undefined : Math.sign(a - b);
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d([T ]|$)/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
