import type { JsonSchema } from '@firstofficer/openapi';
import { textViolations } from '../schema/validation.ts';

interface InvalidValue {
  readonly name: string;
  readonly value: string;
}

// Servers reject longer URLs because of their length.
const LONGEST = 8192;

/** Returns values of a parameter that violate its schema. */
export function invalidValues(schema: JsonSchema, place: 'path' | 'query', document: object): InvalidValue[] {
  const { minLength, maxLength, minimum, maximum } = schema as Readonly<Record<string, number | undefined>>;
  // A single value is a list with one item. For objects, any text may be valid.
  if (schema.items) return invalidValues(schema.items as JsonSchema, place, document);
  if ([schema.type].flat().includes('object') || schema.properties) return [];
  const candidates: InvalidValue[] = [
    ...(minLength === undefined || minLength === 0 || minLength > LONGEST
      ? []
      : [{ name: 'one character too few', value: 'x'.repeat(minLength - 1) }]),
    ...(maxLength === undefined || maxLength > LONGEST
      ? []
      : [
          { name: 'one character too many', value: 'x'.repeat(maxLength + 1) },
          { name: 'one character of two bytes too many', value: 'é'.repeat(maxLength + 1) },
          {
            name: 'too many characters, in combining pairs',
            value: 'e\u0301'.repeat(Math.ceil((maxLength + 1) / 2)),
          },
          { name: 'twice as many characters', value: 'x'.repeat(maxLength * 2) },
          { name: '8,192 characters', value: 'x'.repeat(8192) },
        ]),
    ...(minimum === undefined ? [] : [{ name: 'less than the minimum', value: String(minimum - 1) }]),
    ...(maximum === undefined ? [] : [{ name: 'more than the maximum', value: String(maximum + 1) }]),
    { name: 'a word', value: 'no-such-value' },
    { name: 'a fraction', value: '1.5' },
    { name: 'a negative number', value: '-1' },
  ];
  // An empty segment may be the path of another operation.
  return candidates
    .filter(({ value }) => place === 'query' || value !== '')
    .filter(({ value }) => textViolations(schema, value, 'value', document).length > 0);
}
