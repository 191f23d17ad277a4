import type { JsonSchema } from '@firstofficer/openapi';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';

// Shared by the whole process, because it caches compiled schemas.
const ajv = new Ajv2020({ strict: false, allErrors: false });
addFormats.default(ajv);

/** Compiles a schema of the description as JSON Schema 2020-12. Validation neither converts values nor adds defaults. */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  return ajv.compile(schema);
}
