import type { JsonSchema } from '@firstofficer/openapi';
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { show } from './show.ts';

const OPTIONS: Options = { allErrors: true, strict: false, verbose: true, logger: false, validateSchema: false };
const values = new Ajv2020(OPTIONS);
// Headers and parameters are text: "12" is an integer there.
const texts = new Ajv2020({ ...OPTIONS, coerceTypes: true });
addFormats.default(values);
addFormats.default(texts);

/** What a value breaks of its schema. */
interface Violation {
  readonly expected: string;
  readonly actual: string;
  /** The schema that is broken, and its keyword. */
  readonly promise: readonly [schema: object, keyword: string];
}

/** Every way in which a value breaks its schema. */
export function violations(schema: JsonSchema, value: unknown, name: string, document: object): Violation[] {
  return check(compile(values, schema, document), value, name);
}

/** The same for a value that came as text, as headers and parameters do. */
export function textViolations(schema: JsonSchema, value: string, name: string, document: object): Violation[] {
  // A list stands in a header with commas; in a query each of its items may stand alone.
  const read = schema.type === 'array' ? value.split(',').map((item) => item.trim()) : value;
  return check(compile(texts, schema, document), read, name);
}

function check(validate: ValidateFunction, value: unknown, name: string): Violation[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => {
    const { instancePath, keyword, parentSchema = {}, data } = error;
    const where = `${name}${instancePath}`;
    return {
      expected: `${where} ${explain(error)}`,
      actual:
        keyword === 'required'
          ? `${where} has the members ${Object.keys(data as object).join(', ') || 'none'}`
          : show(data),
      promise: [parentSchema, keyword],
    };
  });
}

function explain({ message = 'is valid', params }: ErrorObject): string {
  return 'allowedValue' in params ? `${message} ${JSON.stringify(params.allowedValue)}` : message;
}

const compiled = new WeakMap<Ajv2020, WeakMap<JsonSchema, ValidateFunction>>([
  [values, new WeakMap()],
  [texts, new WeakMap()],
]);

function compile(ajv: Ajv2020, schema: JsonSchema, document: object): ValidateFunction {
  const known = compiled.get(ajv)?.get(schema);
  if (known) return known;
  // Schemas that contain themselves still refer to each other, from the root of the description.
  const { components } = document as { components?: object };
  const isCircular = JSON.stringify(schema).includes('"$ref":');
  // Around it, so that a violation still names the schema itself as the object that the description holds.
  const validate = ajv.compile(isCircular ? { allOf: [schema], components } : schema);
  compiled.get(ajv)?.set(schema, validate);
  return validate;
}
