import type { JsonSchema } from '@firstofficer/openapi';
import { listComposedSchemas } from './walk.ts';

/** Returns whether a schema allows any text. It considers only the type, the format and the enum. */
export function isFreeText({ type = 'string', format, enum: choices }: JsonSchema): boolean {
  return [type].flat().includes('string') && format === undefined && choices === undefined;
}

/**
 * Splits a value by its schema: into the members that the schema describes and the paths of the others, such as
 * `body/country`. Objects may have undescribed members, so these are not violations.
 */
export function splitByDescription(schema: JsonSchema, value: unknown): { described: unknown; undescribed: string[] } {
  const undescribed: string[] = [];
  return { described: selectDescribed([schema], value, { path: 'body', undescribed }), undescribed };
}

/** Returns the described part of a value and adds the paths of all other members to `undescribed`. */
function selectDescribed(
  schemas: readonly JsonSchema[],
  value: unknown,
  { path, undescribed }: { readonly path: string; readonly undescribed: string[] },
): unknown {
  const parts = schemas.flatMap(listComposedSchemas);
  if (Array.isArray(value)) {
    const items = parts.flatMap((part) => (part.items ?? []) as JsonSchema | readonly JsonSchema[]);
    return value.map((item) => selectDescribed(items, item, { path: `${path}/*`, undescribed }));
  }
  if (typeof value !== 'object' || value === null || parts.some(allowsAnyMember)) return value;
  const properties = parts.map((part) => (part.properties ?? {}) as Record<string, JsonSchema>);
  // An object schema without described members allows any member.
  if (properties.every((members) => Object.keys(members).length === 0)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const known = properties.flatMap((members) => (Object.hasOwn(members, name) ? [members[name] ?? {}] : []));
      if (known.length > 0) return [[name, selectDescribed(known, member, { path: `${path}/${name}`, undescribed })]];
      undescribed.push(`${path}/${name}`);
      return [];
    }),
  );
}

/** Returns whether a schema is a map, which has one schema for all members, or an unresolved reference of a recursive schema. */
function allowsAnyMember({ additionalProperties, patternProperties, $ref }: JsonSchema): boolean {
  return typeof additionalProperties === 'object' || patternProperties !== undefined || $ref !== undefined;
}
