import type { JsonSchema } from '@firstofficer/openapi';

/** The schemas that describe a value within another, by its path: more than one where schemas are composed. */
export function schemasAt(schema: JsonSchema, path: readonly (string | number)[]): JsonSchema[] {
  return path.reduce<JsonSchema[]>(
    (schemas, step) => schemas.flatMap((parent) => below(parent, step)),
    partsOf(schema),
  );
}

/** A schema and those that it is composed of. */
export function partsOf(schema: JsonSchema): JsonSchema[] {
  const composed = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) => (list ?? []) as JsonSchema[]);
  return [schema, ...composed.flatMap(partsOf)];
}

function below({ properties = {}, items }: JsonSchema, step: string | number): JsonSchema[] {
  const members = properties as Readonly<Record<string, JsonSchema>>;
  const child = typeof step === 'number' ? items : Object.hasOwn(members, step) ? members[step] : undefined;
  return child === undefined ? [] : partsOf(child as JsonSchema);
}
