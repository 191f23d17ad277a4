import { asArray, asObject, type JsonObject } from '@firstofficer/openapi';

/** The keyword of members that a body does not contain: `writeOnly` in responses, `readOnly` in requests. */
type HidingKeyword = 'readOnly' | 'writeOnly';

/** Returns a copy of the schema of a body in which the members that it does not contain are not required. */
export function createBodySchema<T extends object>(schema: T, keyword: HidingKeyword): T {
  return copy(schema, keyword, []) as T;
}

const COMPOSITIONS = ['allOf', 'anyOf', 'oneOf'];

/** @param hidden - The members with the keyword in the schemas that this one is a part of. */
function copy(value: unknown, keyword: HidingKeyword, hidden: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => copy(item, keyword, hidden));
  if (typeof value !== 'object' || value === null) return value;
  const schema = asObject(value);
  const names = [...hidden, ...listHidden(schema, keyword)];
  return Object.fromEntries(
    Object.entries(schema).map(([name, member]): [string, unknown] => {
      if (name === 'required' && Array.isArray(member)) return [name, member.filter((item) => !names.includes(item))];
      return [name, copy(member, keyword, COMPOSITIONS.includes(name) ? names : [])];
    }),
  );
}

function listHidden(schema: JsonObject, keyword: HidingKeyword): string[] {
  const own = Object.entries(asObject(schema.properties)).filter(([, member]) => isHidden(asObject(member), keyword));
  const parts = COMPOSITIONS.flatMap((composition) => asArray(schema[composition]));
  return [...own.map(([name]) => name), ...parts.flatMap((part) => listHidden(asObject(part), keyword))];
}

function isHidden(schema: JsonObject, keyword: HidingKeyword): boolean {
  return schema[keyword] === true || asArray(schema.allOf).some((part) => isHidden(asObject(part), keyword));
}
