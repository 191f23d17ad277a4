import type { JsonSchema } from '@firstofficer/openapi';
import type { FuncKeywordDefinition, SchemaValidateFunction } from 'ajv';

/**
 * The keyword `required` for one direction: what is only ever read is not required of a request, and what is only ever
 * written not of a response (OpenAPI 3.1, 4.8.24).
 *
 * @param exempt - What members are marked by that the direction does not have.
 */
export function requiredKeyword(exempt: 'readOnly' | 'writeOnly'): FuncKeywordDefinition {
  const validate: SchemaValidateFunction = (names: readonly string[], data: object, parentSchema: JsonSchema = {}) => {
    const members = (parentSchema.properties ?? {}) as Readonly<Record<string, JsonSchema | undefined>>;
    const missing = names.filter((name) => !Object.hasOwn(data, name) && members[name]?.[exempt] !== true);
    validate.errors = missing.map((missingProperty) => ({
      keyword: 'required',
      message: `must have required property '${missingProperty}'`,
      params: { missingProperty },
      parentSchema,
    }));
    return missing.length === 0;
  };
  return { keyword: 'required', type: 'object', schemaType: 'array', errors: true, validate };
}
