import type { JsonSchema, Operation } from '@firstofficer/openapi';
import { isJson } from '../http/exchange.ts';
import type { RequestBody } from '../request/body.ts';
import type { Validator } from '../schema/validation.ts';
import { createBody } from './example-data.ts';

interface InvalidValue {
  readonly name: string;
  readonly value: string;
}

// Servers reject longer URLs because of their length.
const LONGEST = 8192;

/** Returns values of a parameter that violate its schema. */
export function createInvalidValues(schema: JsonSchema, place: 'path' | 'query', validator: Validator): InvalidValue[] {
  const { minLength, maxLength, minimum, maximum } = schema as Readonly<Record<string, number | undefined>>;
  // A single value is a list with one item. For objects, any text may be valid.
  if (schema.items) return createInvalidValues(schema.items as JsonSchema, place, validator);
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
  return (
    candidates
      // An empty segment may be the path of another operation.
      .filter(({ value }) => place === 'query' || value !== '')
      .filter(({ value }) => validator.validateText(schema, value, 'value').length > 0)
  );
}

interface InvalidBody {
  readonly name: string;
  readonly body: RequestBody;
}

/** Returns bodies that violate the schema of an operation's body, or that are not JSON. */
export function createInvalidBodies(operation: Operation, validator: Validator): InvalidBody[] {
  const example = createBody(operation, validator);
  if (!example || !isJson(example.mediaType)) return [];
  const { mediaType } = example;
  const schema = operation.requestBody?.content?.[mediaType]?.schema ?? {};
  const candidates = [
    { name: 'a list', value: [] },
    { name: 'a string', value: 'text' },
    { name: 'null', value: null },
    { name: 'an empty object', value: {} },
    ...(isObject(example.value) ? changeMembers(schema, example.value) : []),
  ];
  return [
    { name: 'truncated JSON', body: { mediaType, content: JSON.stringify(example.value).slice(0, -1) } },
    ...candidates
      .filter(({ value }) => validator.validateRequest(schema, value, 'body').length > 0)
      .map(({ name, value }) => ({ name, body: { mediaType, content: JSON.stringify(value) } })),
  ];
}

/** Returns copies of an object without one required member, or with a member of another type. */
function changeMembers({ required = [] }: JsonSchema, example: Readonly<Record<string, unknown>>) {
  const withoutMember = (required as readonly string[]).map((member) => {
    const { [member]: _, ...value } = example;
    return { name: `without ${member}`, value };
  });
  const withOtherType = Object.keys(example).map((member) => ({
    name: `${member} as a list of lists`,
    value: { ...example, [member]: [[]] },
  }));
  return [...withoutMember, ...withOtherType];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
