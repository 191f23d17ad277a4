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

/** Returns the parameters of several filters. */
export function toParameters(values: readonly (readonly [Filter, unknown])[]): ParameterValues {
  return Object.fromEntries(values.map(([filter, value]) => [filter.parameter.name, filter.toParameter([value])]));
}

function listChoices({ schema }: Filter): unknown[] {
  const { enum: choices, type } = asObject(schema);
  if (Array.isArray(choices)) return choices.filter((choice) => choice !== null);
  return [type].flat().includes('boolean') ? [true, false] : [];
}

function isRange({ relation }: Filter): boolean {
  return !['equal', 'any', 'all', 'text', 'contains'].includes(relation);
}

function canSend(filter: Filter, value: unknown, { context: { validator } }: Pick<Test, 'context'>): boolean {
  if (value === null || typeof value === 'object') return false;
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
