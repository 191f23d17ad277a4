import { asArray, asObject, findReferenceTarget, type JsonObject } from '@firstofficer/openapi';
import { findExamples } from '../markdown/examples.ts';

/**
 * Returns the document with an example in each component schema: the first value of that schema in the examples of
 * bodies, parameters and headers. Redoc generates placeholder values for a schema without an example.
 *
 * @throws Error that names the schemas for which the description has no example.
 */
export function addSchemaExamples<T extends JsonObject>(document: T): T {
  const copy = structuredClone(document);
  for (const holder of listExampleHolders(copy)) {
    for (const { value } of findExamples(copy, holder)) setExamples(copy, { schema: holder.schema, value });
  }
  const missing = Object.entries(asObject(asObject(copy.components).schemas))
    .filter(([, schema]) => !['example', 'examples', 'const'].some((keyword) => keyword in asObject(schema)))
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new Error(
      `the description has no example of ${missing.join(', ')}. Add an example to a body, parameter or header that uses the schema, or "examples" to the schema.`,
    );
  }
  return copy;
}

/** Returns every body, parameter and header that has examples. */
function listExampleHolders(node: unknown): JsonObject[] {
  if (typeof node !== 'object' || node === null) return [];
  const { schema, schemas, example, examples, ...rest } = node as JsonObject;
  const isHolder = schema !== undefined && (example !== undefined || examples !== undefined);
  return [...(isHolder ? [node as JsonObject] : []), ...Object.values(rest).flatMap(listExampleHolders)];
}

/** A value of an example, or a part of it, with its schema. */
interface SchemaValue {
  readonly schema: unknown;
  readonly value: unknown;
  /** Whether the value is a part of a body, such as a member. */
  readonly isPart?: boolean;
}

/** Sets the examples of the schemas that a schema refers to, and of the scalar members of a whole body. */
function setExamples(document: JsonObject, { schema, value, isPart = false }: SchemaValue): void {
  if (value === undefined) return;
  const { $ref, allOf, items, properties } = asObject(schema);
  if (typeof $ref === 'string') {
    const target = findReferenceTarget(document, $ref);
    setExample(target, value);
    setExamples(document, { schema: target, value, isPart });
  }
  for (const each of asArray(allOf)) setExamples(document, { schema: each, value, isPart });
  for (const item of asArray(value).slice(0, 1)) setExamples(document, { schema: items, value: item, isPart: true });
  for (const [name, member] of Object.entries(asObject(properties))) {
    const part = asObject(value)[name];
    // Several responses share a nested schema, such as that of an error, but its members have other values in each.
    if (!isPart && !isCompound(part)) setExample(member, part);
    setExamples(document, { schema: member, value: part, isPart: true });
  }
}

/** Sets the example of a schema that has none. Any other value replaces the example null. */
function setExample(schema: unknown, value: unknown): void {
  const { example = null, examples, const: constant } = asObject(schema);
  if (value === undefined || example !== null || examples !== undefined || constant !== undefined) return;
  // Redoc shows `example`, but not `examples`, at each member that has the schema. An object would be too long there.
  Object.assign(asObject(schema), isCompound(value) ? { examples: [value] } : { example: value });
}

function isCompound(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
