import type { JsonSchema } from '@firstofficer/openapi';
import type { FuncKeywordDefinition, SchemaValidateFunction } from 'ajv';
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { preview } from './preview.ts';

const OPTIONS: Options = {
  allErrors: true,
  strict: false,
  verbose: true,
  logger: false,
  validateSchema: false,
  // The same schema may be compiled several times, so ajv must not reject a repeated `$id`.
  addUsedSchema: false,
  code: { regExp: Object.assign(readPattern, { code: 'readPattern' }) },
};

const responses = withFormats(new Ajv2020(OPTIONS));
responses.removeKeyword('required').addKeyword(requiredKeyword('writeOnly'));
const requests = withFormats(new Ajv2020(OPTIONS));
requests.removeKeyword('required').addKeyword(requiredKeyword('readOnly'));
// Headers and parameters are text, so "12" must be valid as an integer.
const texts = withFormats(new Ajv2020({ ...OPTIONS, coerceTypes: true }));

function withFormats(ajv: Ajv2020): Ajv2020 {
  return addFormats.default(ajv);
}

/** One way in which a value violates its schema. */
interface SchemaViolation {
  readonly expected: string;
  readonly actual: string;
  /** The violated schema and its keyword. */
  readonly specRef: readonly [schema: object, keyword: string];
}

/** Returns all violations of a response value. */
export function violations(schema: JsonSchema, value: unknown, name: string, document: object): SchemaViolation[] {
  return check(compile(responses, schema, document), value, name);
}

/** Returns all violations of a request value. */
export function requestViolations(
  schema: JsonSchema,
  value: unknown,
  name: string,
  document: object,
): SchemaViolation[] {
  return check(compile(requests, schema, document), value, name);
}

/** Returns all violations of a value that is serialized as text, such as a header or a parameter. */
export function textViolations(schema: JsonSchema, value: unknown, name: string, document: object): SchemaViolation[] {
  return check(compile(texts, schema, document), readText(schema, value), name);
}

/** Splits a list at its commas. */
function readText({ type }: JsonSchema, value: unknown): unknown {
  if (typeof value !== 'string' || ![type].flat().includes('array')) return value;
  return value === '' ? [] : value.split(',').map((item) => item.trim());
}

/** Returns why a schema cannot be compiled, or undefined. Values are never reported for a schema that cannot be compiled. */
export function schemaFault(schema: JsonSchema, document: object): string | undefined {
  const outcome = compile(responses, schema, document);
  return outcome instanceof Error ? outcome.message : undefined;
}

function check(validate: ValidateFunction | Error, value: unknown, name: string): SchemaViolation[] {
  if (validate instanceof Error || validate(value)) return [];
  return (validate.errors ?? []).map((error) => {
    const { instancePath, keyword, parentSchema = {}, data } = error;
    const where = `${name}${instancePath}`;
    return {
      expected: `${where} ${explain(error)}`,
      actual:
        keyword === 'required'
          ? `${where} has the members ${Object.keys(data as object).join(', ') || 'none'}`
          : preview(data),
      specRef: [originals.get(parentSchema) ?? parentSchema, keyword],
    };
  });
}

function explain({ message = 'is valid', params }: ErrorObject): string {
  return 'allowedValue' in params ? `${message} ${JSON.stringify(params.allowedValue)}` : message;
}

const compiled = new WeakMap<Ajv2020, WeakMap<JsonSchema, ValidateFunction | Error>>();

function compile(ajv: Ajv2020, schema: JsonSchema, document: object): ValidateFunction | Error {
  const known = compiled.get(ajv) ?? new WeakMap<JsonSchema, ValidateFunction | Error>();
  compiled.set(ajv, known);
  const outcome = known.get(schema) ?? compileAnew(ajv, schema, document);
  known.set(schema, outcome);
  return outcome;
}

function compileAnew(ajv: Ajv2020, schema: JsonSchema, document: object): ValidateFunction | Error {
  // Recursive schemas have references that resolve from the root of the description.
  const isCircular = JSON.stringify(schema).includes('"$ref":');
  const whole = isCircular ? { ...document, ...schema } : schema;
  originals.set(whole, schema);
  try {
    return ajv.compile(whole);
  } catch (error) {
    return error as Error;
  }
}

// Maps compiled schemas back to the schema objects of the description.
const originals = new WeakMap<object, JsonSchema>();

/** Compiles a pattern, without Unicode mode if its escapes are invalid in it. */
function readPattern(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}

/**
 * Returns the keyword `required` for requests or responses: read-only members are not required in requests, write-only
 * members are not required in responses (OpenAPI 3.1, 4.8.24).
 *
 * @param exempt - The keyword that marks members that are not required.
 */
function requiredKeyword(exempt: 'readOnly' | 'writeOnly'): FuncKeywordDefinition {
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
