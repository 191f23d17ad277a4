import type { JsonSchema } from '@firstofficer/openapi';

/**
 * The members of a value that its schema does not describe, as paths such as `body/country`. They break nothing, since
 * objects stay open; whoever keeps the description may want to know of them.
 */
export function unknownMembers(schema: JsonSchema, value: unknown): string[] {
  return search([schema], value, 'body');
}

function search(schemas: readonly JsonSchema[], value: unknown, path: string): string[] {
  const parts = schemas.flatMap(partsOf);
  if (Array.isArray(value)) {
    const items = parts.flatMap(({ items = [] }) => items as JsonSchema | readonly JsonSchema[]);
    return value.flatMap((item) => search(items, item, `${path}/*`));
  }
  if (typeof value !== 'object' || value === null) return [];
  const described = parts.map((part) => (part.properties ?? {}) as Record<string, JsonSchema>);
  // An object of which no member is described is free in its members.
  if (described.every((members) => Object.keys(members).length === 0)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const known = described.flatMap((members): readonly JsonSchema[] =>
      Object.hasOwn(members, name) ? [members[name] ?? {}] : [],
    );
    return known.length === 0 ? [`${path}/${name}`] : search(known, member, `${path}/${name}`);
  });
}

/** A schema and those that it is composed of. */
function partsOf(schema: JsonSchema): JsonSchema[] {
  const composed = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) => (list ?? []) as JsonSchema[]);
  return [schema, ...composed.flatMap(partsOf)];
}
