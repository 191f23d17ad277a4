import { asObject, type Parameter } from '@firstofficer/openapi';
import type { Property } from './property.ts';

/** The side of a period that a parameter such as `from` or `to` limits. */
export type Side = 'from' | 'to';

const SIDES: Readonly<Record<Side, readonly string[]>> = {
  from: ['from', 'since', 'after', 'start', 'starts', 'starting', 'begin'],
  to: ['to', 'until', 'till', 'before', 'end', 'ends', 'ending', 'through'],
};

/** Returns which side of a period a parameter with a date limits, from a name such as `from`, `end_date` or `dateTo`. */
export function findSide(name: string): Side | undefined {
  const words = splitWords(name).filter((word) => !['date', 'day', 'time', 'at', 'on'].includes(word));
  const find = (word: string | undefined) => (['from', 'to'] as const).find((side) => SIDES[side].includes(word ?? ''));
  return find(words.at(-1)) ?? find(words[0]);
}

/** Returns the only member with a date that the text of a parameter mentions, such as `check_in` or `check-in`. */
export function findMentioned(
  parameter: Parameter,
  properties: ReadonlyMap<string, Property>,
  { format }: Property,
): string | undefined {
  const text = readText(parameter);
  // The text may describe how the target computes the end of a period.
  if (/overlap|nights|duration|during|\+/i.test(text)) return undefined;
  const mentioned = [...properties].flatMap(([name, property]) => {
    const words = splitWords(name);
    const pattern = words.length > 1 ? new RegExp(`\\b${words.join('[ _-]?')}\\b`, 'i') : new RegExp(`\`${name}\``);
    return isDate(property) && pattern.test(text) ? [{ name, property }] : [];
  });
  const [only] = mentioned;
  return mentioned.length === 1 && only && only.property.format === format ? only.name : undefined;
}

/** Returns whether the text of a parameter says that its limit belongs to the period, or undefined if it does not say so. */
export function isInclusive(parameter: Parameter): boolean | undefined {
  const text = readText(parameter);
  const isIn =
    /\b(on|at) or (after|before)\b|\bor (later|earlier|after|before)\b|\binclusive|\b(not|no) (before|after|earlier|later)\b/i;
  const isOut = /\bexclusive|\bstrictly\b/i.test(text);
  return isIn.test(text) === isOut ? undefined : !isOut;
}

/**
 * Returns the members of an item with dates, or undefined if the item may have a period without a start or an end, or dates
 * of which only the target knows what they mean.
 */
export function listDates(item: unknown, properties: ReadonlyMap<string, Property>): string[] | undefined {
  const members = asObject(item);
  const dates: string[] = [];
  for (const [name, property] of properties) {
    if (!isDate(property)) continue;
    const value = members[name];
    if (typeof value === 'string') dates.push(value);
    else if (/start|begin|from|end|until|to$|expir|out|through|last|finish|due/i.test(name)) return undefined;
  }
  return dates;
}

/**
 * Returns whether items have dates of their own, so that `from` and `to` can only mean these. The dates at which the target
 * created or updated an item are not enough, and neither are those from which it is available.
 */
export function hasOwnDates(properties: ReadonlyMap<string, Property>, { format }: Property): boolean {
  return [...properties].some(
    ([name, property]) =>
      isDate(property) &&
      property.format === format &&
      !property.schemas.some(({ readOnly }) => readOnly === true) &&
      !/avail|valid|repeat|recur|birth|(creat|updat|modifi|delet|chang)ed/i.test(name),
  );
}

function isDate({ types, format }: Property): boolean {
  return types.includes('string') && (format === 'date' || format === 'date-time');
}

function readText(parameter: Parameter): string {
  const { description } = asObject(parameter);
  return [description, parameter.schema?.description].filter((text) => typeof text === 'string').join(' ');
}

function splitWords(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
