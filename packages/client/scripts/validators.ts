import { createRequire } from 'node:module';
import type { Description, JsonSchema, Operation } from '@firstofficer/openapi';
import { formatValidators, withoutDescriptions } from '@firstofficer/openapi/generate';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { fastFormats } from 'ajv-formats/dist/formats.js';
import { findJsonSchema } from './json-schema.ts';

/**
 * The formats that schemas may use. Ajv can write only regular expressions into a module, so the validators check such
 * formats, `date-time` for example, and accept every value of the others, such as `int64`. Schemas specify the range of
 * each integer.
 */
const FORMATS = Object.fromEntries(
  Object.entries(fastFormats).map(([name, format]) => {
    const pattern = typeof format === 'object' && 'validate' in format ? format.validate : format;
    return [name, pattern instanceof RegExp ? pattern : true] as const;
  }),
);

/**
 * Generates a module with a validator for each documented JSON body: `validators[operationId][status]` returns whether
 * a value is valid. The validator of a documented response without a JSON body is `undefined`.
 */
export function generateValidators({ operations }: Description): string {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    formats: FORMATS,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary(listExtensions(operations));
  // Responses with the same schema share a validator.
  const names = new Map<JsonSchema, string>();
  const addValidator = (schema: JsonSchema) => {
    const name = names.get(schema) ?? `body${names.size + 1}`;
    // Ajv's code contains the schemas.
    if (!names.has(schema)) ajv.addSchema(withoutDescriptions(schema), name);
    names.set(schema, name);
    return name;
  };
  const rows = operations.map(({ id, method, responses }) => {
    const statuses = Object.entries(responses).map(([status, response]) => {
      // A response to HEAD has no body. Its schema in the description is that of the response to GET.
      const schema = method === 'HEAD' ? undefined : findJsonSchema(response);
      return `${JSON.stringify(status)}: ${schema && addValidator(schema)}`;
    });
    return `  ${JSON.stringify(id)}: { ${statuses.join(', ')} },`;
  });
  const exports = Object.fromEntries([...names.values()].map((name) => [name, name]));
  return formatValidators(standalone.default(ajv, exports), rows, createRequire(import.meta.url));
}

/** Returns the names of the extensions, such as `x-sunset`. Ajv reports all other unknown keywords, which may be typos. */
function listExtensions(operations: readonly Operation[]): string[] {
  const responses = JSON.stringify(operations.map((operation) => operation.responses));
  return [...new Set([...responses.matchAll(/"(x-[\w-]+)":/g)].map(([, name = '']) => name))];
}
