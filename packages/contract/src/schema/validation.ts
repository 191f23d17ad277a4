import type { JsonSchema } from '@firstofficer/openapi';
import type { FuncKeywordDefinition, SchemaValidateFunction } from 'ajv';
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { honourDiscriminators } from './discriminator.ts';
import { preview } from './json.ts';
import { listComposedSchemas, visitObjects } from './walk.ts';

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
  const forResponses = createAjv(document, 'writeOnly');
  forResponses.removeKeyword('writeOnly').addKeyword(WRITE_ONLY);
  const compileForResponses = createCompiler(document, forResponses);
  const compileForRequests = createCompiler(document, createAjv(document, 'readOnly'));
  // In text, "12" is a valid integer.
  const compileForText = createCompiler(document, createAjv(document, 'readOnly', { coerceTypes: true }));
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
  verbose: true,
  logger: false,
  // 19.99 is a multiple of 0.01, although 19.99 / 0.01 is not an integer in binary.
  multipleOfPrecision: 6,
  validateSchema: false,
  // The same schema may be compiled several times, so ajv must not reject a repeated `$id`.
  addUsedSchema: false,
  code: { regExp: Object.assign(createPattern, { code: 'createPattern' }) },
};

/** The direction in which a member is not sent: read-only members in requests, write-only members in responses. */
type Marker = 'readOnly' | 'writeOnly';

function createAjv(document: object, notRequired: Marker, options: Options = {}): Ajv2020 {
  const ajv = addFormats.default(new Ajv2020({ ...OPTIONS, ...options }));
  honourDiscriminators(ajv, document);
  ajv.removeKeyword('required').addKeyword(createRequiredKeyword(document, notRequired));
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
function createRequiredKeyword(document: object, notRequired: Marker): FuncKeywordDefinition {
  const exempt = findMarkedMembers(document, notRequired);
  const validate: SchemaValidateFunction = (names: readonly string[], data: object, parentSchema: JsonSchema = {}) => {
    const marked = [...listMarkedMembers(parentSchema, notRequired), ...(exempt.get(parentSchema) ?? [])];
    const missing = names.filter((name) => !Object.hasOwn(data, name) && !marked.includes(name));
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

/**
 * Returns the marked members for each schema that is composed with others: `allOf` may require a member in one schema and
 * mark it in another.
 */
function findMarkedMembers(document: object, marker: Marker): Map<object, readonly string[]> {
  const found = new Map<object, readonly string[]>();
  visitObjects(document, (schema) => {
    if (!Array.isArray(schema.allOf)) return;
    const composed = listComposedSchemas(schema);
    const marked = composed.flatMap((part) => listMarkedMembers(part, marker));
    for (const part of composed) found.set(part, [...(found.get(part) ?? []), ...marked]);
  });
  return found;
}

function listMarkedMembers({ properties = {} }: JsonSchema, marker: Marker): string[] {
  return Object.entries(properties as Readonly<Record<string, JsonSchema>>)
    .filter(([, member]) => listComposedSchemas(member).some((part) => part[marker] === true))
    .map(([name]) => name);
}

/** The keyword `writeOnly` in responses. */
const WRITE_ONLY: FuncKeywordDefinition = {
  keyword: 'writeOnly',
  schemaType: 'boolean',
  validate: (isWriteOnly: boolean) => !isWriteOnly,
  error: { message: 'must not be in a response, because it is write-only' },
};
