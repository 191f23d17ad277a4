import { type Description, type JsonSchema, loadDescription } from '@firstofficer/openapi';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';

let loaded: Promise<Description> | undefined;

/**
 * Loads the OpenAPI description. Reads the file only once, because neither the file nor the returned object changes while
 * the process runs.
 */
export function loadApiDescription(): Promise<Description> {
  loaded ??= loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
  return loaded;
}

/** Compiles a schema. Caches the result for each schema object. */
export type CompileSchema = (schema: JsonSchema) => ValidateFunction;

/**
 * Creates a compiler for the schemas of a description, which are JSON Schema 2020-12. Validation neither converts values
 * nor adds defaults, and ignores members that an object inherits, such as `constructor`.
 */
export function createSchemaCompiler(): CompileSchema {
  const ajv = new Ajv2020({ strict: false, allErrors: false, ownProperties: true });
  addFormats.default(ajv);
  return (schema) => ajv.compile(schema);
}
