import { asObject } from '@firstofficer/openapi';
import { isSendable } from '../../generate/sendable.ts';
import { compareValues, type Filter, matchItem } from '../../lists/filters.ts';
import { getAt } from '../../lists/property.ts';
import type { ParameterValues } from '../../request/serialization.ts';
import type { ListTest } from './list-case.ts';

const MAX_VALUES = 3;

type Test = Pick<ListTest, 'all' | 'context'>;

/** Returns values of a filter that some items have, and further documented choices. */
export function listValues(filter: Filter, test: Test): unknown[] {
  const found = distinct(test.all.items.flatMap((item) => [getAt(item, filter.path) ?? []].flat()));
  const choices = listChoices(filter).filter((choice) => !found.includes(choice));
  const ordered = found.toSorted((one, other) => compareValues(one, other) ?? 0);
  // The values in the middle divide the items.
  const chosen = isRange(filter) ? [ordered[Math.floor(ordered.length / 2)], ordered.at(-1), ordered[0]] : found;
  return distinct([...chosen, ...choices.slice(0, MAX_VALUES)])
    .filter((value) => canSend(filter, value, test))
    .slice(0, MAX_VALUES + 1);
}

/** Returns a value of a filter that no item has, or undefined if there is none. */
export function findMissingValue(filter: Filter, test: Test): unknown {
  const { minimum, maximum } = filter.schema as Readonly<Record<string, number | undefined>>;
  const candidates = [
    ...listChoices(filter),
    ...(isRange(filter) ? [] : [maximum, minimum, 7919, 104_729, 'zyxw-no-such-value', 'zyxwnosuch']),
    maximum,
    minimum,
    2_000_000_011,
    -2_000_000_011,
    '5b0c3c3e-6f0a-4b6e-9d54-0f7c2ad1e9b1',
    '1901-02-03',
    '2999-02-03',
    '1901-02-03T04:05:06Z',
    '2999-02-03T04:05:06Z',
  ];
  return candidates.find(
    (value) =>
      value !== undefined &&
      canSend(filter, value, test) &&
      test.all.items.every((item) => matchItem(filter, item, [value]) === false),
  );
}

/**
 * Returns several values of a filter at once, if a hint says whether an item must have one of them or all of them: the
 * values of an item, and values that no item has together.
 */
export function listSeveralValues(filter: Filter, test: Test): (readonly unknown[])[] {
  const { parameter, relation, path } = filter;
  const isList = [parameter.schema?.type].flat().includes('array');
  if (filter.evidence !== 'hint' || !isList || !['any', 'all'].includes(relation)) return [];
  const own = test.all.items.map((item) => distinct([getAt(item, path)].flat()).slice(0, 2));
  const pairs = listValues(filter, test).flatMap((one, index, values) =>
    values.slice(index + 1).map((two) => [one, two]),
  );
  const isTogether = (pair: readonly unknown[]) =>
    test.all.items.some((item) => matchItem({ path, relation: 'all' }, item, pair) === true);
  const chosen = [
    ...own.filter(({ length }) => length === 2).slice(0, 1),
    ...pairs.filter((pair) => !isTogether(pair)),
  ];
  return chosen
    .slice(0, MAX_VALUES)
    .filter((values) => values.every((value) => canSend(filter, value, test)) && isSendable(parameter, values));
}

/** Filters with their values. */
export type GivenFilters = readonly (readonly [filter: Filter, values: readonly unknown[]])[];

/** Returns the parameters of several filters. */
export function toParameters(given: GivenFilters): ParameterValues {
  return Object.fromEntries(given.map(([filter, values]) => [filter.parameter.name, filter.toParameter(values)]));
}

function listChoices({ schema }: Filter): unknown[] {
  const { enum: choices, type } = asObject(schema);
  if (Array.isArray(choices)) return choices.filter((choice) => choice !== null);
  return [type].flat().includes('boolean') ? [true, false] : [];
}

function isRange({ relation }: Filter): boolean {
  return !['equal', 'any', 'all', 'text', 'contains'].includes(relation);
}

// Targets may trim the text of a search, split it, or compare other letters in their own way.
const PLAIN_TEXT = /^[A-Za-z0-9]([A-Za-z0-9 _@.'-]{0,60}[A-Za-z0-9])?$/;

function canSend(filter: Filter, value: unknown, { context: { validator } }: Pick<Test, 'context'>): boolean {
  if (value === null || typeof value === 'object') return false;
  if (filter.relation === 'text' && !PLAIN_TEXT.test(String(value))) return false;
  const isValidType = typeof value === 'string' || !isText(filter);
  return (
    isValidType &&
    isSendable(filter.parameter, filter.toParameter([value])) &&
    validator.validateText(filter.schema, String(value), 'value').length === 0
  );
}

function isText({ schema: { type } }: Filter): boolean {
  return [type].flat().includes('string');
}

function distinct(values: readonly unknown[]): unknown[] {
  return [...new Set(values.filter((value) => value !== null && value !== undefined))];
}
