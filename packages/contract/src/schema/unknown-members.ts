import type { JsonSchema } from '@firstofficer/openapi';
import { partsOf } from './schemas-at.ts';

/**
 * Returns the paths of members that the schema does not describe, such as `body/country`. They are not violations,
 * because objects are open.
 */
export function unknownMembers(schema: JsonSchema, value: unknown): string[] {
  const unknown: string[] = [];
  prune([schema], value, 'body', unknown);
  return unknown;
}

/** Returns a value without the members that its schema does not describe. */
export function describedPart(schema: JsonSchema, value: unknown): unknown {
  return prune([schema], value, 'body', []);
}

function prune(schemas: readonly JsonSchema[], value: unknown, path: string, unknown: string[]): unknown {
  const parts = schemas.flatMap(partsOf);
  if (Array.isArray(value)) {
    const items = parts.flatMap((part) => (part.items ?? []) as JsonSchema | readonly JsonSchema[]);
    return value.map((item) => prune(items, item, `${path}/*`, unknown));
  }
  if (typeof value !== 'object' || value === null) return value;
  // Maps have one schema for all members, and recursive schemas have an unresolved reference.
  if (parts.some(isOpenEnded)) return value;
  const described = parts.map((part) => (part.properties ?? {}) as Record<string, JsonSchema>);
  // An object schema without described members allows any member.
  if (described.every((members) => Object.keys(members).length === 0)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const known = described.flatMap((members): readonly JsonSchema[] =>
        Object.hasOwn(members, name) ? [members[name] ?? {}] : [],
      );
      if (known.length > 0) return [[name, prune(known, member, `${path}/${name}`, unknown)]];
      unknown.push(`${path}/${name}`);
      return [];
    }),
  );
}

function isOpenEnded({ additionalProperties, patternProperties, $ref }: JsonSchema): boolean {
  return typeof additionalProperties === 'object' || patternProperties !== undefined || $ref !== undefined;
}
