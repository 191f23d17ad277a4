import type { JsonSchema } from '@firstofficer/openapi';

/** Returns the schemas that apply at a path within a value. Composed schemas may give more than one. */
export function schemasAt(schema: JsonSchema, path: readonly (string | number)[]): JsonSchema[] {
  return path.reduce<JsonSchema[]>(
    (schemas, step) => schemas.flatMap((parent) => below(parent, step)),
    partsOf(schema),
  );
}

/** Returns a schema and all schemas that it is composed of. */
export function partsOf(schema: JsonSchema): JsonSchema[] {
  const { allOf, anyOf, oneOf, if: condition, then, else: otherwise, dependentSchemas = {} } = schema;
  const parts = [allOf, anyOf, oneOf, condition, then, otherwise, Object.values(dependentSchemas as object)];
  const composed = parts.flat().filter((part) => typeof part === 'object' && part !== null) as JsonSchema[];
  return [schema, ...composed.flatMap(partsOf)];
}

/** Returns whether a schema allows any text, judged by its type, format and enum. */
export function isFreeText({ type = 'string', format, enum: choices }: JsonSchema): boolean {
  return [type].flat().includes('string') && format === undefined && choices === undefined;
}

function below({ properties = {}, items }: JsonSchema, step: string | number): JsonSchema[] {
  const members = properties as Readonly<Record<string, JsonSchema>>;
  const child = typeof step === 'number' ? items : Object.hasOwn(members, step) ? members[step] : undefined;
  return child === undefined ? [] : partsOf(child as JsonSchema);
}
