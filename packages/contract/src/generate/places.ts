import { formatPointer } from '@firstofficer/openapi';
import { isObject } from '../schema/json.ts';

/** The path of a value within another value, such as `['rooms', 0, 'price']`. */
export type Place = readonly (string | number)[];

/** Returns a place as a JSON Pointer, such as `/rooms/0/price`. */
export function formatPlace(place: Place): string {
  return formatPointer(place.map(String));
}

/** Returns a copy of a value with another value at a place. */
export function replaceAt(value: unknown, [step, ...rest]: Place, replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? replaceAt(item, rest, replacement) : item));
  }
  const members = isObject(value) ? value : {};
  return { ...members, [step]: replaceAt(members[step], rest, replacement) };
}

/** Returns a copy of an object without some members. */
export function omitMembers(
  value: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Returns a copy of a value in which numbers, booleans and null are text, as in a query. */
export function toText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toText);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toText(member)]));
  return String(value);
}
