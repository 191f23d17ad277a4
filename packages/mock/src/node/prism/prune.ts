import { asArray, asObject, type JsonObject, resolveReference } from '@firstofficer/openapi';

/**
 * Returns a generated value without members that its schema does not describe, and without write-only members.
 *
 * The generator invents members for every object that allows others. An object whose schema describes no members, or the
 * values of any member, keeps all.
 *
 * @param document - The description, which contains the targets of recursive references.
 */
export function pruneMembers(value: unknown, schemas: readonly unknown[], document: JsonObject): unknown {
  const all = schemas.flatMap((schema) => listSchemas(schema, document));
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const itemSchemas = all.flatMap(({ items, prefixItems }) => asArray(prefixItems)[index] ?? items ?? []);
      return pruneMembers(item, itemSchemas, document);
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  const isMap = all.every(({ properties }) => properties === undefined) || all.some(describesOthers);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
      const described = all.flatMap(({ properties }) => asObject(properties)[name] ?? []);
      const isRequired = all.some(({ required }) => asArray(required).includes(name));
      if (described.length === 0) return isMap || isRequired ? [[name, member]] : [];
      const isHidden = described.flatMap((schema) => listSchemas(schema, document)).some(({ writeOnly }) => writeOnly);
      return isHidden ? [] : [[name, pruneMembers(member, described, document)]];
    }),
  );
}

/** Returns whether a schema describes the values of members that are not in `properties`. */
function describesOthers({ additionalProperties, patternProperties, unevaluatedProperties }: JsonObject): boolean {
  return (
    patternProperties !== undefined ||
    [additionalProperties, unevaluatedProperties].some((schema) => Object.keys(asObject(schema)).length > 0)
  );
}

/** Returns a schema and the schemas that it combines, with their references resolved. */
function listSchemas(schema: unknown, document: JsonObject, seen: readonly unknown[] = []): JsonObject[] {
  if (seen.includes(schema)) return [];
  const object = resolveReference(document, schema);
  const { allOf, anyOf, oneOf, then: whenTrue, else: whenFalse } = object;
  const parts = [...asArray(allOf), ...asArray(anyOf), ...asArray(oneOf), whenTrue, whenFalse];
  return [
    object,
    ...parts.flatMap((part) => (part === undefined ? [] : listSchemas(part, document, [...seen, schema]))),
  ];
}
