import { createRequire } from 'node:module';
import {
  asArray,
  asObject,
  type Description,
  type JsonSchema,
  loadDescription,
  type Operation,
} from '@firstofficer/openapi';
import {
  createHeader,
  findChangedModules,
  formatValidators,
  type GeneratedModule,
  withoutDescriptions,
} from '@firstofficer/openapi/generate';
import { Ajv2020, type Options } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

const GENERATED_FOLDER = new URL('../src/generated/', import.meta.url);

/**
 * Generates what browsers cannot read from the description: the operations and the validators. Returns
 * only the modules whose files are missing or differ.
 *
 * @param spec - The path of the description.
 * @throws Error if the description cannot be read.
 * @example
 * for (const { file } of await generateChangedModules('spec/openapi.yaml')) console.log(`${file} is out of date`);
 */
export async function generateChangedModules(spec: string, folder = GENERATED_FOLDER): Promise<GeneratedModule[]> {
  const description = await loadDescription(spec);
  const { operations } = description;
  const header = createHeader(spec);
  return findChangedModules([
    { file: new URL('operations.ts', folder), text: header + renderOperations(description) },
    { file: new URL('parameters.ts', folder), text: header + renderParameterValidators(operations) },
    { file: new URL('bodies.ts', folder), text: header + renderBodyValidators(operations) },
  ]);
}

/**
 * Returns the text of a module that exports the operations of a description, without their descriptions, and the URL of
 * the first server. It is TypeScript.
 *
 * @example
 * const contents = renderOperations(await loadDescription('openapi.yaml'));
 */
export function renderOperations({ document, operations }: Pick<Description, 'document' | 'operations'>): string {
  const { url } = asObject(asArray(document.servers)[0]);
  // Only tools for files use the definition.
  const values = operations.map((operation) => withoutDescriptions({ ...operation, definition: {} }));
  return [
    '// @ts-nocheck: data.',
    "import type { Operation } from '@firstofficer/openapi/browser';",
    '',
    `export const SERVER_URL = ${JSON.stringify(url)};`,
    '',
    `export const operations: readonly Operation[] = ${JSON.stringify(values, null, 2)};`,
    '',
  ].join('\n');
}

/**
 * Returns the text of a module that exports a validator for the parameters of each operation, by its ID. It is
 * TypeScript, and does not create code from text.
 *
 * @example
 * const contents = renderParameterValidators(description.operations);
 */
export function renderParameterValidators(operations: readonly Operation[]): string {
  const schemas = operations.map((operation) => [operation.id, createParametersSchema(operation)] as const);
  // Text becomes a number or a boolean if the schema requires one.
  return renderValidators(schemas, { coerceTypes: true });
}

/** Returns the text of a module with a validator for each JSON body of a response, by the ID of its operation and its status. */
function renderBodyValidators(operations: readonly Operation[]): string {
  const schemas = operations.flatMap(({ id, responses }) =>
    Object.entries(responses).flatMap(([status, { content = {} }]) => {
      const [, media] = Object.entries(content).find(([mediaType]) => /[/+]json\b/.test(mediaType)) ?? [];
      return media?.schema ? [[`${id} ${status}`, withoutDescriptions(media.schema)] as const] : [];
    }),
  );
  return renderValidators(schemas, {});
}

/** Returns the text of a module with a validator for each schema, by its name. */
function renderValidators(schemas: readonly (readonly [string, JsonSchema])[], options: Options): string {
  // The options are those of Prism. Formats, such as `int64`, are not checked.
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    strict: false,
    validateFormats: false,
    code: { source: true, esm: true, lines: true },
    ...options,
  });
  // Equal schemas share a validator.
  const names = new Map<string, string>();
  const rows = schemas.map(([key, schema]) => {
    const text = JSON.stringify(schema);
    const name = names.get(text) ?? `validator${names.size + 1}`;
    if (!names.has(text)) ajv.addSchema(schema, name);
    names.set(text, name);
    return `  ${JSON.stringify(key)}: ${name},`;
  });
  const exports = Object.fromEntries([...names.values()].map((name) => [name, name]));
  return formatValidators(standalone.default(ajv, exports), rows, createRequire(import.meta.url));
}

/** Creates a schema for `{ path, query, header }`. It contains the parameters whose values are not lists or objects. */
function createParametersSchema({ parameters }: Operation): JsonSchema {
  const properties = ['path', 'query', 'header'].map((location) => {
    const found = parameters.filter(({ in: place, schema }) => place === location && !isComposite(schema));
    const toName = (name: string) => (location === 'header' ? name.toLowerCase() : name);
    const group = {
      type: 'object',
      properties: Object.fromEntries(found.map(({ name, schema = {} }) => [toName(name), withoutDescriptions(schema)])),
      required: found.filter(({ required }) => required).map(({ name }) => toName(name)),
    };
    return [location, group];
  });
  return { type: 'object', properties: Object.fromEntries(properties) };
}

function isComposite({ type }: JsonSchema = {}): boolean {
  return [type].flat().some((name) => name === 'array' || name === 'object');
}
