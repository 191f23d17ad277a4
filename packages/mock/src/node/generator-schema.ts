import { asArray, asObject, type JsonObject } from '@firstofficer/openapi';

/**
 * Returns a copy of a schema for the generator of Prism:
 *
 * - Tuples have the form of older drafts, because the generator does not know `prefixItems`.
 * - Exclusive limits are inclusive ones, because the generator returns the limit itself.
 * - Objects whose members are described have no others. The generator would invent them, which takes most of its time.
 *   Parts of a composition stay open, because together they describe one object.
 * - Required members that are not described are texts.
 * - Objects that are not described have a member, because the generator fails for some empty objects.
 */
export function createGeneratorSchema<T extends object>(schema: T): T {
  return copy(schema, false) as T;
}

const COMPOSITIONS = ['allOf', 'anyOf', 'oneOf'];

// The members of these keywords are names, not keywords.
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

// The values of these keywords are not schemas.
const VALUES = ['const', 'default', 'enum', 'example', 'examples'];

function copy(value: unknown, isPart: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => copy(item, isPart));
  if (typeof value !== 'object' || value === null) return value;
  const schema = describeMembers(includeLimits(replaceFormat(convertTuple(asObject(value)))), isPart);
  const members = Object.entries(schema).map(([name, member]): [string, unknown] => {
    if (VALUES.includes(name)) return [name, member];
    if (!MAPS.includes(name)) return [name, copy(member, COMPOSITIONS.includes(name))];
    return [name, Object.fromEntries(Object.entries(asObject(member)).map(([key, part]) => [key, copy(part, false)]))];
  });
  return Object.fromEntries(members);
}

function convertTuple({ prefixItems, items, ...schema }: JsonObject): JsonObject {
  if (prefixItems === undefined) return items === undefined ? schema : { ...schema, items };
  return { ...schema, items: prefixItems, ...(items !== undefined && { additionalItems: items }) };
}

function includeLimits({ exclusiveMinimum, exclusiveMaximum, ...schema }: JsonObject): JsonObject {
  const { type, multipleOf, minimum, maximum } = schema;
  const step = typeof multipleOf === 'number' ? multipleOf : type === 'integer' ? 1 : 0.01;
  return {
    ...schema,
    ...(typeof exclusiveMinimum === 'number' && {
      minimum: Math.max(exclusiveMinimum + step, typeof minimum === 'number' ? minimum : -Infinity),
    }),
    ...(typeof exclusiveMaximum === 'number' && {
      maximum: Math.min(exclusiveMaximum - step, typeof maximum === 'number' ? maximum : Infinity),
    }),
  };
}

/** Replaces a format that the validator knows and the generator does not. */
function replaceFormat({ format, ...schema }: JsonObject): JsonObject {
  if (format === 'url' && schema.pattern === undefined)
    return { ...schema, pattern: '^https://[a-z]{3,9}\\.example\\.com/$' };
  return format === undefined ? schema : { ...schema, format };
}

function describeMembers(schema: JsonObject, isPart: boolean): JsonObject {
  const keywords = [...COMPOSITIONS, '$ref', 'patternProperties', 'unevaluatedProperties', 'minProperties'];
  const { type, properties, required, additionalProperties } = schema;
  const isRestricted = keywords.some((keyword) => schema[keyword] !== undefined);
  if (isPart || isRestricted || Object.keys(asObject(additionalProperties)).length > 0) return schema;
  if (properties !== undefined) {
    const others = asArray(required).filter((name) => !(String(name) in asObject(properties)));
    const texts = Object.fromEntries(others.map((name) => [String(name), { type: 'string' }]));
    return { ...schema, properties: { ...texts, ...asObject(properties) }, additionalProperties: false };
  }
  if (type !== 'object' || additionalProperties === false || required !== undefined) return schema;
  return { ...schema, minProperties: 1, additionalProperties: { type: 'string' } };
}
