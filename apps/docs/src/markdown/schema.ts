import { asArray, asObject, type JsonObject, type OpenApiDocument, targetOf } from './openapi.ts';

/** A schema merged with the targets of its references and all parts of its `allOf`. */
export interface MergedSchema {
  readonly keywords: JsonObject;
  /** The references that were followed. They identify recursive schemas. */
  readonly references: ReadonlySet<string>;
}

/** Merges a schema with the targets of its references and all parts of its `allOf`. */
export function mergeSchema(document: OpenApiDocument, schema: unknown): MergedSchema {
  const references = new Set<string>();
  return { keywords: gather(document, schema, references), references };
}

/** Returns the component name of a schema, given a reference or the resolved schema itself. */
export function schemaName(document: OpenApiDocument, schema: unknown): string | undefined {
  const { $ref } = asObject(schema);
  const schemas = asObject(asObject(document.components).schemas);
  if (typeof $ref === 'string') {
    return Object.keys(schemas).find((name) => $ref === `#/components/schemas/${name}`);
  }
  return Object.keys(schemas).find((name) => schemas[name] === schema);
}

function gather(document: OpenApiDocument, schema: unknown, references: Set<string>): JsonObject {
  // The schema `true` allows any value, `false` allows none.
  if (schema === false) return { not: {} };
  const { $ref, allOf, ...own } = asObject(schema);
  const parts = asArray(allOf).map((part) => gather(document, part, references));
  if (typeof $ref === 'string' && !references.has($ref)) {
    references.add($ref);
    parts.unshift(gather(document, targetOf(document, $ref), references));
  }
  return [...parts, own].reduce(both, {});
}

const HIGHEST = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const LOWEST = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
// Keywords whose different values cannot be merged into one keyword.
const SEVERAL = ['pattern', 'not', 'oneOf', 'anyOf', 'multipleOf', 'const', 'if', 'contains', 'format'];

function both(first: JsonObject, second: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...first };
  for (const [keyword, value] of Object.entries(second)) {
    if (!Object.hasOwn(first, keyword)) result[keyword] = value;
    else if (SEVERAL.includes(keyword) && JSON.stringify(first[keyword]) !== JSON.stringify(value)) {
      result.allOf = [...asArray(result.allOf), { [keyword]: value }];
    } else result[keyword] = bothOf(keyword, first[keyword], value);
  }
  return result;
}

function bothOf(keyword: string, first: unknown, second: unknown): unknown {
  if (keyword === 'required' || keyword === 'allOf') return [...new Set([...asArray(first), ...asArray(second)])];
  if (keyword === 'properties' || keyword === 'patternProperties')
    return bothMembers(asObject(first), asObject(second));
  if (keyword === 'items' || keyword === 'additionalProperties') return { allOf: [first, second] };
  if (keyword === 'type') return bothTypes([first].flat(), [second].flat());
  if (keyword === 'enum') return asArray(first).filter((value) => asArray(second).includes(value));
  if (HIGHEST.includes(keyword)) return Math.max(Number(first), Number(second));
  if (LOWEST.includes(keyword)) return Math.min(Number(first), Number(second));
  return second;
}

function bothMembers(first: JsonObject, second: JsonObject): JsonObject {
  const shared = Object.entries(second).map(([name, schema]) => [
    name,
    Object.hasOwn(first, name) ? { allOf: [first[name], schema] } : schema,
  ]);
  return { ...first, ...Object.fromEntries(shared) };
}

function bothTypes(first: readonly unknown[], second: readonly unknown[]): unknown[] {
  const within = (type: unknown, types: readonly unknown[]) =>
    types.includes(type) || (type === 'integer' && types.includes('number'));
  return [
    ...new Set([...first.filter((type) => within(type, second)), ...second.filter((type) => within(type, first))]),
  ];
}
