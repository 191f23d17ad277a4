import type { JsonSchema } from '@firstofficer/openapi';
import type { FuncKeywordDefinition, SchemaValidateFunction } from 'ajv';
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { preview } from './json.ts';

/** One way in which a value violates its schema. */
export interface SchemaViolation {
  readonly expected: string;
  readonly actual: string;
  /** The place of the invalid value as a JSON Pointer, such as `/rooms/0/price`. Empty for the whole value. */
  readonly place: string;
  /** The violated schema and its keyword. */
  readonly specRef: readonly [schema: object, keyword: string];
}

/** Returns all violations of a value. `name` is what messages call the value, such as `body`. */
type Validate = (schema: JsonSchema, value: unknown, name: string) => SchemaViolation[];

/** Validates values against the schemas of one description. Compiles each schema once. */
export interface Validator {
  /** The description. Recursive schemas have references that resolve from its root. */
  readonly document: object;
  readonly validateResponse: Validate;
  readonly validateRequest: Validate;
  /** Validates a value that is serialized as text, such as a header or a parameter. */
  readonly validateText: Validate;
  /** Returns why a schema cannot be used, or undefined. No value violates a schema that cannot be used. */
  explainUnusable(schema: JsonSchema): string | undefined;
}

/** Creates a validator for the schemas of a description. */
export function createValidator(document: object): Validator {
  const compileForResponses = createCompiler(document, createAjv({ notRequired: 'writeOnly' }));
  const compileForRequests = createCompiler(document, createAjv({ notRequired: 'readOnly' }));
  // In text, "12" is a valid integer.
  const compileForText = createCompiler(document, createAjv({ notRequired: 'readOnly', coerceTypes: true }));
  return {
    document,
    validateResponse: (schema, value, name) => listViolations(compileForResponses(schema), value, name),
    validateRequest: (schema, value, name) => listViolations(compileForRequests(schema), value, name),
    validateText: (schema, value, name) => listViolations(compileForText(schema), readText(schema, value), name),
    explainUnusable(schema) {
      const { validate } = compileForResponses(schema);
      return validate instanceof Error ? validate.message : undefined;
    },
  };
}

const OPTIONS: Options = {
  allErrors: true,
  strict: false,
  // 0.15 is a multiple of 0.05, although binary fractions say otherwise.
  multipleOfPrecision: 9,
  verbose: true,
  logger: false,
  validateSchema: false,
  // The same schema may be compiled several times, so ajv must not reject a repeated `$id`.
  addUsedSchema: false,
  code: { regExp: Object.assign(createPattern, { code: 'createPattern' }) },
};

interface AjvOptions {
  /** Members that need not be present. */
  readonly notRequired: 'readOnly' | 'writeOnly';
  readonly coerceTypes?: boolean;
}

function createAjv({ notRequired, coerceTypes = false }: AjvOptions): Ajv2020 {
  const ajv = addFormats.default(new Ajv2020({ ...OPTIONS, coerceTypes }));
  ajv.removeKeyword('required').addKeyword(createRequiredKeyword(notRequired));
  return ajv;
}

interface CompiledSchema {
  readonly validate: ValidateFunction | Error;
  /** The schema of the description. */
  readonly schema: JsonSchema;
  /** The schema that was compiled: for a recursive schema, a copy with the rest of the description. */
  readonly compiled: JsonSchema;
}

function createCompiler(document: object, ajv: Ajv2020): (schema: JsonSchema) => CompiledSchema {
  const cache = new Map<JsonSchema, CompiledSchema>();
  return (schema) => {
    const known = cache.get(schema) ?? compile(schema, document, ajv);
    cache.set(schema, known);
    return known;
  };
}

function compile(schema: JsonSchema, document: object, ajv: Ajv2020): CompiledSchema {
  const isRecursive = JSON.stringify(schema).includes('"$ref":');
  const compiled = isRecursive ? { ...document, ...schema } : schema;
  try {
    return { validate: ajv.compile(compiled), schema, compiled };
  } catch (error) {
    return { validate: error as Error, schema, compiled };
  }
}

function listViolations({ validate, schema, compiled }: CompiledSchema, value: unknown, name: string) {
  if (validate instanceof Error || validate(value)) return [];
  return (validate.errors ?? []).map((error): SchemaViolation => {
    const { instancePath, keyword, parentSchema = {}, data } = error;
    const path = `${name}${instancePath}`;
    return {
      expected: `${path} ${formatError(error)}`,
      actual:
        keyword === 'required'
          ? `${path} has the members ${Object.keys(data as object).join(', ') || 'none'}`
          : preview(data),
      place: instancePath,
      specRef: [parentSchema === compiled ? schema : parentSchema, keyword],
    };
  });
}

function formatError({ message = 'is valid', params }: ErrorObject): string {
  return 'allowedValue' in params ? `${message} ${JSON.stringify(params.allowedValue)}` : message;
}

/** Splits a list at its commas. */
function readText({ type }: JsonSchema, value: unknown): unknown {
  if (typeof value !== 'string' || ![type].flat().includes('array')) return value;
  return value === '' ? [] : value.split(',').map((item) => item.trim());
}

/** Creates a regular expression, without Unicode mode if the pattern has escapes that are invalid in it. */
function createPattern(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}

/**
 * Creates the keyword `required` for requests or responses: read-only members are not required in requests, and
 * write-only members are not required in responses (OpenAPI 3.1, 4.8.24).
 */
function createRequiredKeyword(notRequired: 'readOnly' | 'writeOnly'): FuncKeywordDefinition {
  const validate: SchemaValidateFunction = (names: readonly string[], data: object, parentSchema: JsonSchema = {}) => {
    const members = (parentSchema.properties ?? {}) as Readonly<Record<string, JsonSchema | undefined>>;
    const missing = names.filter((name) => !Object.hasOwn(data, name) && members[name]?.[notRequired] !== true);
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
