import { expect, test } from 'vitest';
import { matchItem } from '../../src/lists/filters.ts';
import { findMentioned, findSide, hasOwnDates, isInclusive } from '../../src/lists/periods.ts';
import { listSchemas, type Property, readProperty } from '../../src/lists/property.ts';

function readProperties(schemas: Readonly<Record<string, object>>): ReadonlyMap<string, Property> {
  return new Map(
    Object.entries(schemas).flatMap(([name, schema]) => {
      const property = readProperty({}, listSchemas({}, schema));
      return property ? [[name, property] as const] : [];
    }),
  );
}

const day = { type: 'string', format: 'date' };
const stay = readProperties({ check_in: day, check_out: day, created_at: { type: 'string', format: 'date-time' } });
const [own] = readProperties({ day }).values();

test.for([
  ['from', 'from'],
  ['dateTo', 'to'],
  ['start_date', 'from'],
  ['arriving_before', 'to'],
  ['since', 'from'],
  ['status', undefined],
  ['date', undefined],
])('the name %s limits the side %s', ([name, side]) => {
  expect(findSide(name ?? '')).toBe(side);
});

test.for([
  ['Only stays with `check_in` on or after this day.', 'check_in', true],
  ['The latest check-out, inclusive.', 'check_out', true],
  ['The latest check-out, exclusive.', 'check_out', false],
  ['Only stays with a check-in before this day.', 'check_in', undefined],
  ['Only stays with a check-in before and a check-out after this day.', undefined, undefined],
  ['Only stays that overlap with the day of check-in.', undefined, undefined],
  ['The start of the period.', undefined, undefined],
] as const)('%s', ([description, member, inclusive]) => {
  const parameter = { name: 'from', in: 'query', schema: day, description } as const;

  expect(own && findMentioned(parameter, stay, own)).toBe(member);
  expect(isInclusive(parameter)).toBe(inclusive);
});

test.for<[string, Readonly<Record<string, object>>, boolean]>([
  ['a day', { day }, true],
  ['only the time of its creation', { created_on: day }, false],
  ['only a day that the target sets', { due: { ...day, readOnly: true } }, false],
  ['the day from which it is available', { available_from: day }, false],
])('an item with %s', ([, members, has]) => {
  expect(own && hasOwnDates(readProperties(members), own)).toBe(has);
});

test('only dates that are years away from a period are certain', () => {
  const match = (relation: 'from' | 'to', item: object, value: string) =>
    matchItem({ path: [], relation, properties: stay }, item, [value]);
  const item = { check_in: '2026-01-02', check_out: '2026-01-04', created_at: '2025-12-01T00:00:00Z' };

  expect(match('from', item, '2999-02-03')).toBe(false);
  expect(match('to', item, '2999-02-03')).toBeUndefined();
  expect(match('to', item, '1901-02-03')).toBe(false);
  expect(match('from', item, '2026-06-01')).toBeUndefined();
  expect(match('from', { ...item, check_out: null }, '2999-02-03')).toBeUndefined();
});
