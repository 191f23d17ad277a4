import type { JsonSchema } from '@firstofficer/openapi';

/** Returns a schema and all schemas that it is composed of, such as those in `allOf`. */
export function listComposedSchemas(schema: JsonSchema): JsonSchema[] {
  const { allOf, anyOf, oneOf, if: condition, then, else: otherwise, dependentSchemas = {} } = schema;
  const parts = [allOf, anyOf, oneOf, condition, then, otherwise, Object.values(dependentSchemas as object)];
  const composed = parts.flat().filter((part) => typeof part === 'object' && part !== null) as JsonSchema[];
  return [schema, ...composed.flatMap(listComposedSchemas)];
}

/** Returns the schemas that apply at a path within a value. A composed schema may have more than one. */
export function findSchemasAt(schema: JsonSchema, path: readonly (string | number)[]): JsonSchema[] {
  return path.reduce<JsonSchema[]>(
    (schemas, step) => schemas.flatMap((parent) => findChildSchemas(parent, step)),
    listComposedSchemas(schema),
  );
}

function findChildSchemas({ properties = {}, items }: JsonSchema, step: string | number): JsonSchema[] {
  const members = properties as Readonly<Record<string, JsonSchema>>;
  const child = typeof step === 'number' ? items : Object.hasOwn(members, step) ? members[step] : undefined;
  return child === undefined ? [] : listComposedSchemas(child as JsonSchema);
}

/** Calls `visit` once for each object within a value, such as a description. */
export function visitObjects(value: unknown, visit: (object: JsonSchema) => void, seen = new Set<object>()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (!Array.isArray(value)) visit(value as JsonSchema);
  for (const member of Object.values(value)) visitObjects(member, visit, seen);
}
