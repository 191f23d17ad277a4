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
  // One schema comes in several places, and is compiled for each: its `$id` is no reason to refuse it.
  addUsedSchema: false,
  code: { regExp: Object.assign(readPattern, { code: 'readPattern' }) },
};

const responses = withFormats(new Ajv2020(OPTIONS));
responses.removeKeyword('required').addKeyword(requiredKeyword('writeOnly'));
const requests = withFormats(new Ajv2020(OPTIONS));
requests.removeKeyword('required').addKeyword(requiredKeyword('readOnly'));
// Headers and parameters are text: "12" is an integer there.
const texts = withFormats(new Ajv2020({ ...OPTIONS, coerceTypes: true }));

function withFormats(ajv: Ajv2020): Ajv2020 {
  return addFormats.default(ajv);
}

/** What a value breaks of its schema. */
interface SchemaViolation {
  readonly expected: string;
  readonly actual: string;
  /** The schema that is broken, and its keyword. */
  readonly specRef: readonly [schema: object, keyword: string];
}

/** Every way in which a value of a response breaks its schema. */
export function violations(schema: JsonSchema, value: unknown, name: string, document: object): SchemaViolation[] {
  return check(compile(responses, schema, document), value, name);
}

/** The same for a value of a request. */
export function requestViolations(
  schema: JsonSchema,
  value: unknown,
  name: string,
  document: object,
): SchemaViolation[] {
  return check(compile(requests, schema, document), value, name);
}

/** The same for a value that came as text, as headers and parameters do. */
export function textViolations(schema: JsonSchema, value: unknown, name: string, document: object): SchemaViolation[] {
  return check(compile(texts, schema, document), readText(schema, value), name);
}

/** A list stands in a header with commas; in a query each of its items may stand alone. */
function readText({ type }: JsonSchema, value: unknown): unknown {
  if (typeof value !== 'string' || ![type].flat().includes('array')) return value;
  return value === '' ? [] : value.split(',').map((item) => item.trim());
}

/** Why a schema cannot be used; undefined if it can. Whatever is held against it then fits. */
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
  // Schemas that contain themselves still refer to each other, from the root of the description.
  const isCircular = JSON.stringify(schema).includes('"$ref":');
  const whole = isCircular ? { ...document, ...schema } : schema;
  originals.set(whole, schema);
  try {
    return ajv.compile(whole);
  } catch (error) {
    return error as Error;
  }
}

// What stands in the description, by what was made of it to be compiled.
const originals = new WeakMap<object, JsonSchema>();

/** Patterns in the wild escape what they need not, which Unicode mode refuses. */
function readPattern(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}

/**
 * The keyword `required` for one direction: what is only ever read is not required of a request, and what is only ever
 * written not of a response (OpenAPI 3.1, 4.8.24).
 *
 * @param exempt - What members are marked by that the direction does not have.
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
