import { asArray, asObject, type JsonObject } from '@firstofficer/openapi';

/**
 * Returns a copy of the schema of a response body in which write-only members are not required: responses do not contain
 * them.
 */
export function createBodySchema<T extends object>(schema: T): T {
  return copy(schema, []) as T;
}

const COMPOSITIONS = ['allOf', 'anyOf', 'oneOf'];

/** @param hidden - The write-only members of the schemas that this one is a part of. */
function copy(value: unknown, hidden: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => copy(item, hidden));
  if (typeof value !== 'object' || value === null) return value;
  const schema = asObject(value);
  const names = [...hidden, ...listWriteOnly(schema)];
  return Object.fromEntries(
    Object.entries(schema).map(([name, member]): [string, unknown] => {
      if (name === 'required' && Array.isArray(member)) return [name, member.filter((item) => !names.includes(item))];
      return [name, copy(member, COMPOSITIONS.includes(name) ? names : [])];
    }),
  );
}

function listWriteOnly(schema: JsonObject): string[] {
  const own = Object.entries(asObject(schema.properties)).filter(([, member]) => isWriteOnly(asObject(member)));
  const parts = COMPOSITIONS.flatMap((keyword) => asArray(schema[keyword]));
  return [...own.map(([name]) => name), ...parts.flatMap((part) => listWriteOnly(asObject(part)))];
}

function isWriteOnly({ writeOnly, allOf }: JsonObject): boolean {
  return writeOnly === true || asArray(allOf).some((part) => isWriteOnly(asObject(part)));
}
