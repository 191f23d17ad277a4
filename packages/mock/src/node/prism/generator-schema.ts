import { asArray, asObject, type JsonObject } from '@firstofficer/openapi';

/**
 * Returns a copy of a schema for the generator of Prism:
 *
 * - Tuples have the form of older drafts, because the generator does not know `prefixItems`.
 * - Exclusive limits are inclusive ones, because the generator returns the limit itself.
 * - Some formats are patterns, fractions are lists of multiples, and `propertyNames` are members, because the generator
 *   returns invalid values for these.
 * - Parts of a composition are not null, because the generator would choose null for a part of an object.
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
  const schema = describeMembers(
    excludeNull(listMultiples(includeLimits(replaceFormat(convertTuple(describeNames(asObject(value))))))),
    isPart,
  );
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

/** Lists some multiples of a fraction: the generator returns values that are none or beyond the limits. */
function listMultiples(schema: JsonObject): JsonObject {
  const { type, multipleOf, minimum, maximum, ...others } = schema;
  if (typeof multipleOf !== 'number' || Number.isInteger(multipleOf) || others.enum !== undefined) return schema;
  const first = Math.ceil((typeof minimum === 'number' ? minimum : 0) / multipleOf);
  const multiples = Array.from({ length: 200 }, (_, index) => Number(((first + index) * multipleOf).toFixed(10)));
  const valid = multiples.filter(
    (value) => Number.isInteger(value / multipleOf) && (typeof maximum !== 'number' || value <= maximum),
  );
  return valid.length > 0 ? { ...others, enum: valid } : schema;
}

// The formats that the validator knows and for which the generator returns invalid values.
const PATTERNS: Readonly<Record<string, string>> = {
  url: '^https://[a-z]{3,9}\\.example\\.com/$',
  byte: '^[A-Za-z0-9]{12}$',
  duration: '^P[1-9]DT[1-9]H$',
  'iso-time': '^1\\d:[0-5]\\d:[0-5]\\dZ$',
  'iso-date-time': '^20[0-3]\\d-0[1-9]-1\\dT1\\d:[0-5]\\d:[0-5]\\dZ$',
  'json-pointer-uri-fragment': '^#/[a-z]{1,9}$',
  'uri-template': '^https://example\\.com/[a-z]{3,9}/\\{id\\}$',
  'relative-json-pointer': '^[0-9]/[a-z]{1,9}$',
};

function replaceFormat(schema: JsonObject): JsonObject {
  const { format, ...others } = schema;
  const pattern = PATTERNS[String(format)];
  // Prism adds a pattern to the format byte, which allows invalid values.
  const isReplaced = pattern !== undefined && (others.pattern === undefined || format === 'byte');
  return isReplaced ? { ...others, pattern } : schema;
}

/** Returns a schema whose composed parts exclude null, if it has several: the generator would choose null for one of them. */
function excludeNull(schema: JsonObject): JsonObject {
  const { allOf } = schema;
  return Array.isArray(allOf) && allOf.length > 1 ? { ...schema, allOf: allOf.map(removeNull) } : schema;
}

function removeNull(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  const schema = asObject(part);
  const { type } = schema;
  const lists = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword): [string, unknown[]][] => {
    const list = schema[keyword];
    return Array.isArray(list)
      ? [[keyword, list.filter((item) => asObject(item).type !== 'null').map(removeNull)]]
      : [];
  });
  return {
    ...schema,
    ...(Array.isArray(type) && { type: type.filter((name) => name !== 'null') }),
    ...Object.fromEntries(lists.filter(([, list]) => list.length > 0)),
  };
}

/** Describes members by the names that they may have: the generator does not know `propertyNames`. */
function describeNames({ propertyNames, ...schema }: JsonObject): JsonObject {
  const { enum: names, pattern } = asObject(propertyNames);
  const { additionalProperties = { type: 'string' } } = schema;
  if (schema.properties !== undefined || additionalProperties === false) return schema;
  if (Array.isArray(names)) {
    const properties = Object.fromEntries(names.map((name) => [String(name), additionalProperties]));
    return { ...schema, type: 'object', properties, additionalProperties: false };
  }
  if (typeof pattern !== 'string') return schema;
  return {
    ...schema,
    type: 'object',
    patternProperties: { [pattern]: additionalProperties },
    additionalProperties: false,
  };
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
