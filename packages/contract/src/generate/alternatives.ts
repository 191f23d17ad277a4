import { type JsonSchema, resolvePointer } from '@firstofficer/openapi';
import { isObject } from '../schema/json.ts';

/** A schema as it occurs in a description: an object, or a boolean that allows every value or none. */
export type AnySchema = JsonSchema | boolean;

// The branches of several oneOf multiply.
const MAX_ALTERNATIVES = 16;
// References that lead only to each other never end.
const MAX_REFERENCES = 16;

/**
 * Returns the alternatives of a schema: one for each branch of its oneOf, anyOf and if. Each is a single schema without
 * references and composition, so a generator needs only its own keywords. A value may still violate the schema, because
 * keywords that cannot be merged are left out.
 */
export function listAlternatives(schema: AnySchema, document: object, depth = 0): JsonSchema[] {
  if (typeof schema === 'boolean') return schema ? [{}] : [];
  if (depth > MAX_REFERENCES) return [];
  const list = (part: unknown) => listAlternatives(part as AnySchema, document, depth + 1);
  const { $ref, allOf = [], oneOf, anyOf, if: condition, then, else: otherwise, ...own } = schema;
  let alternatives: JsonSchema[] = [own];
  const combine = (others: readonly JsonSchema[]) => {
    alternatives = alternatives
      .flatMap((one) => others.map((other) => mergeSchemas(one, other)))
      .slice(0, MAX_ALTERNATIVES);
  };
  if (typeof $ref === 'string') combine(list(resolveReference($ref, document)));
  for (const part of allOf as readonly unknown[]) combine(list(part));
  for (const branches of [oneOf, anyOf]) {
    if (Array.isArray(branches)) combine(branches.flatMap((branch) => list(addTag(branch, schema, document))));
  }
  if (condition !== undefined) {
    combine([...list({ allOf: [condition, then ?? true] }), ...list(otherwise ?? true)]);
  }
  return alternatives;
}

/** Returns the schema that a reference within the description leads to. A reference to nothing allows every value. */
export function resolveReference(reference: string, document: object): AnySchema {
  const found = resolvePointer(decodeURIComponent(reference.replace(/^#/, '')), document);
  return isObject(found) || typeof found === 'boolean' ? found : true;
}

/** Adds the tag of a branch, if the schema has a discriminator. */
function addTag(branch: AnySchema, { discriminator }: JsonSchema, document: object): AnySchema {
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return branch;
  const tag = findTag(branch, discriminator, document);
  if (tag === undefined) return branch;
  const { propertyName } = discriminator;
  return { allOf: [branch, { required: [propertyName], properties: { [propertyName]: { const: tag } } }] };
}

/** Returns the discriminator's value for a branch: a key of its mapping, or the name of the schema. */
function findTag(branch: AnySchema, { mapping }: JsonSchema, document: object): string | undefined {
  const schemas = resolvePointer('/components/schemas', document);
  const named = Object.entries(isObject(schemas) ? schemas : {});
  const isBranch = (schema: unknown) =>
    schema === branch || (isObject(branch) && schema === followReference(branch, document));
  const mapped = Object.entries(isObject(mapping) ? mapping : {}).find(([, target]) => {
    const reference = String(target);
    return reference.startsWith('#')
      ? isBranch(resolveReference(reference, document))
      : named.some(([name, schema]) => name === reference && isBranch(schema));
  });
  return mapped?.[0] ?? named.find(([, schema]) => isBranch(schema))?.[0];
}

function followReference(schema: JsonSchema, document: object): AnySchema {
  return typeof schema.$ref === 'string' ? resolveReference(schema.$ref, document) : schema;
}

const LARGER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains', 'multipleOf'];
const SMALLER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'];
const SCHEMAS = ['items', 'additionalProperties', 'contains', 'propertyNames'];

/** Returns a schema that requires what both schemas require. Of keywords that cannot be merged it has the first. */
function mergeSchemas(first: JsonSchema, second: JsonSchema): JsonSchema {
  const merged: Record<string, unknown> = { ...second, ...first };
  for (const [keyword, other] of Object.entries(second)) {
    const value = first[keyword];
    if (value !== undefined) merged[keyword] = mergeValues(keyword, value, other);
  }
  return merged;
}

function mergeValues(keyword: string, first: unknown, second: unknown): unknown {
  if (keyword === 'type') return intersectTypes([first].flat(), [second].flat());
  if (keyword === 'required') return [...new Set([first, second].flat())];
  if (keyword === 'properties' || keyword === 'patternProperties') {
    return mergeMembers(first as Record<string, unknown>, second as Record<string, unknown>);
  }
  if (keyword === 'enum') {
    const allowed = new Set([second].flat().map((value) => JSON.stringify(value)));
    return [first].flat().filter((value) => allowed.has(JSON.stringify(value)));
  }
  if (LARGER.includes(keyword)) return Math.max(Number(first), Number(second));
  if (SMALLER.includes(keyword)) return Math.min(Number(first), Number(second));
  if (SCHEMAS.includes(keyword)) return first === false || second === false ? false : { allOf: [first, second] };
  return first;
}

function mergeMembers(first: Readonly<Record<string, unknown>>, second: Readonly<Record<string, unknown>>) {
  const both = Object.entries(second).map(([name, schema]): [string, unknown] => [
    name,
    Object.hasOwn(first, name) ? { allOf: [first[name], schema] } : schema,
  ]);
  return { ...first, ...Object.fromEntries(both) };
}

function intersectTypes(first: readonly unknown[], second: readonly unknown[]): unknown[] {
  const allows = (types: readonly unknown[], type: unknown) =>
    types.includes(type) || (type === 'integer' && types.includes('number'));
  return [
    ...new Set([...first.filter((type) => allows(second, type)), ...second.filter((type) => allows(first, type))]),
  ];
}
