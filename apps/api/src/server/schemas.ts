import type { JsonSchema } from '@firstofficer/openapi';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';

// One for the process: it keeps what it has compiled.
const ajv = new Ajv2020({ strict: false, allErrors: false });
addFormats.default(ajv);

/** Compiles a schema of the description, once: JSON Schema 2020-12, nothing converted and nothing filled in. */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  return ajv.compile(schema);
}
