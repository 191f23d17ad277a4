import { createRequire } from 'node:module';
import type { Description, JsonSchema } from '@firstofficer/openapi';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

/** A function for each documented JSON body that says whether a value fits its schema: `validators[operation][status]`. */
export function validatorsModule({ operations }: Description): string {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    // The schemas give the range of each integer. A format that is not listed here does not compile: it wants a choice.
    formats: { int64: true },
    code: { source: true, esm: true, lines: true },
  });
  // Responses that share a schema share its validator.
  const names = new Map<JsonSchema, string>();
  const table = operations.map(({ id, responses }) => {
    const statuses = Object.entries(responses).map(([status, { content }]) => {
      const schema = content?.['application/json']?.schema;
      if (!schema) return `${status}: undefined`;
      if (!names.has(schema)) {
        names.set(schema, `${id}_${status}`);
        ajv.addSchema(withoutDescriptions(schema), `${id}_${status}`);
      }
      return `${status}: ${names.get(schema)}`;
    });
    return `  ${id}: { ${statuses.join(', ')} },`;
  });
  const exports = Object.fromEntries([...names.values()].map((name) => [name, name]));
  return [
    '// @ts-nocheck: code made by Ajv.',
    selfContained(standalone.default(ajv, exports)),
    'export const validators = {',
    ...table,
    '};',
    '',
  ].join('\n');
}

/** Ajv's code carries the schemas that it refers to: what they say to people would only weigh. */
function withoutDescriptions(schema: JsonSchema): JsonSchema {
  const isProse = (name: string, value: unknown) => name === 'description' && typeof value === 'string';
  return JSON.parse(JSON.stringify(schema, (name, value) => (isProse(name, value) ? undefined : value)));
}

const require = createRequire(import.meta.url);

/** Ajv's code asks for a helper or two at run time, by `require` even in an ES module. They go in as they are. */
function selfContained(code: string): string {
  return code
    .replace('"use strict";\n', '')
    .replaceAll(/^export const /gm, 'const ')
    .replaceAll(/require\("([^"]+)"\)\.default/g, (_, id: string) => `(${require(id).default})`);
}
