import { asArray, asObject, findReferenceTarget, type JsonObject } from '@firstofficer/openapi';

/** A schema merged with the targets of its references and all parts of its `allOf`. */
export interface MergedSchema {
  readonly keywords: JsonObject;
  /** The references that were followed. They identify recursive schemas. */
  readonly references: ReadonlySet<string>;
}

/** Merges a schema with the targets of its references and all parts of its `allOf`. */
export function mergeSchema(document: JsonObject, schema: unknown): MergedSchema {
  const references = new Set<string>();
  return { keywords: mergeParts(document, schema, references), references };
}

/** Returns the component name of a schema, given a reference or the resolved schema itself. */
export function findSchemaName(document: JsonObject, schema: unknown): string | undefined {
  const { $ref } = asObject(schema);
  const schemas = asObject(asObject(document.components).schemas);
  if (typeof $ref === 'string') {
    return Object.keys(schemas).find((name) => $ref === `#/components/schemas/${name}`);
  }
  return Object.keys(schemas).find((name) => schemas[name] === schema);
}

function mergeParts(document: JsonObject, schema: unknown, references: Set<string>): JsonObject {
  // The schema `true` allows any value, `false` allows none.
  if (schema === false) return { not: {} };
  const { $ref, allOf, ...own } = asObject(schema);
  const parts = asArray(allOf).map((part) => mergeParts(document, part, references));
  if (typeof $ref === 'string' && !references.has($ref)) {
    references.add($ref);
    parts.unshift(mergeParts(document, findReferenceTarget(document, $ref), references));
  }
  return [...parts, own].reduce(mergeKeywords, {});
}

const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
// Different values of these keywords cannot be merged into one value.
const UNMERGEABLE = ['pattern', 'not', 'oneOf', 'anyOf', 'multipleOf', 'const', 'if', 'contains', 'format'];

function mergeKeywords(first: JsonObject, second: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...first };
  for (const [keyword, value] of Object.entries(second)) {
    if (!Object.hasOwn(first, keyword)) result[keyword] = value;
    else if (UNMERGEABLE.includes(keyword) && JSON.stringify(first[keyword]) !== JSON.stringify(value)) {
      result.allOf = [...asArray(result.allOf), { [keyword]: value }];
    } else result[keyword] = mergeKeyword(keyword, first[keyword], value);
  }
  return result;
}

function mergeKeyword(keyword: string, first: unknown, second: unknown): unknown {
  if (keyword === 'required' || keyword === 'allOf') return [...new Set([...asArray(first), ...asArray(second)])];
  if (keyword === 'properties' || keyword === 'patternProperties')
    return mergeMembers(asObject(first), asObject(second));
  if (keyword === 'items' || keyword === 'additionalProperties') return { allOf: [first, second] };
  if (keyword === 'type') return intersectTypes([first].flat(), [second].flat());
  if (keyword === 'enum') return asArray(first).filter((value) => asArray(second).includes(value));
  if (LOWER_BOUNDS.includes(keyword)) return Math.max(Number(first), Number(second));
  if (UPPER_BOUNDS.includes(keyword)) return Math.min(Number(first), Number(second));
  return second;
}

function mergeMembers(first: JsonObject, second: JsonObject): JsonObject {
  const shared = Object.entries(second).map(([name, schema]) => [
    name,
    Object.hasOwn(first, name) ? { allOf: [first[name], schema] } : schema,
  ]);
  return { ...first, ...Object.fromEntries(shared) };
}

function intersectTypes(first: readonly unknown[], second: readonly unknown[]): unknown[] {
  const within = (type: unknown, types: readonly unknown[]) =>
    types.includes(type) || (type === 'integer' && types.includes('number'));
  return [
    ...new Set([...first.filter((type) => within(type, second)), ...second.filter((type) => within(type, first))]),
  ];
}

/** Returns the type of a schema in words, such as `array of Pet (object)` or `string or null`. */
export function describeType(document: JsonObject, schema: unknown): string {
  return describeNestedType(document, schema, new Set());
}

function describeNestedType(document: JsonObject, schema: unknown, ancestors: ReadonlySet<string>): string {
  const name = findSchemaName(document, schema);
  const { keywords, references } = mergeSchema(document, schema);
  // A recursive schema usually has a component name. It has none if its reference points outside the components.
  if ([...references].some((reference) => ancestors.has(reference))) return name ?? 'any';
  const kind = describeKind(document, keywords, new Set([...ancestors, ...references]));
  return name === undefined ? kind : `${name} (${kind})`;
}

function describeKind(document: JsonObject, keywords: JsonObject, ancestors: ReadonlySet<string>): string {
  const types = listTypes(keywords);
  if (types.length === 0) {
    const variants = listVariants(keywords).map((variant) => describeNestedType(document, variant, ancestors));
    return variants.length > 0 && !variants.includes('any') ? [...new Set(variants)].join(' or ') : 'any';
  }
  return types
    .map((type) => {
      if (type === 'array' && Object.hasOwn(keywords, 'items')) {
        return `array of ${describeNestedType(document, keywords.items, ancestors)}`;
      }
      return type;
    })
    .join(' or ');
}

/** Returns the variants of a schema: the schemas of `oneOf` and `anyOf`. */
export function listVariants({ oneOf, anyOf }: JsonObject): readonly unknown[] {
  return [...asArray(oneOf), ...asArray(anyOf)];
}

function listTypes(keywords: JsonObject): string[] {
  const { type, properties, items, prefixItems } = keywords;
  if (type !== undefined) return [type].flat().map(String);
  if (Object.hasOwn(keywords, 'const')) return [detectType(keywords.const)];
  if (Array.isArray(keywords.enum)) return [...new Set(keywords.enum.map(detectType))];
  if (properties !== undefined || Object.keys(asObject(keywords.additionalProperties)).length > 0) return ['object'];
  return items === undefined && prefixItems === undefined ? [] : ['array'];
}

function detectType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
