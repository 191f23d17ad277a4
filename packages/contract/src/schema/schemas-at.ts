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
  const { allOf, anyOf, oneOf, if: condition, then, else: otherwise, dependentSchemas = {} } = schema;
  const parts = [allOf, anyOf, oneOf, condition, then, otherwise, Object.values(dependentSchemas as object)];
  const composed = parts.flat().filter((part) => typeof part === 'object' && part !== null) as JsonSchema[];
  return [schema, ...composed.flatMap(partsOf)];
}

/** Whether a schema takes any text, as far as its type says. */
export function isFreeText({ type = 'string', format, enum: choices }: JsonSchema): boolean {
  return [type].flat().includes('string') && format === undefined && choices === undefined;
}

function below({ properties = {}, items }: JsonSchema, step: string | number): JsonSchema[] {
  const members = properties as Readonly<Record<string, JsonSchema>>;
  const child = typeof step === 'number' ? items : Object.hasOwn(members, step) ? members[step] : undefined;
  return child === undefined ? [] : partsOf(child as JsonSchema);
}
