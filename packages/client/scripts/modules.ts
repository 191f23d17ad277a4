import { readFile } from 'node:fs/promises';
import { type Description, loadDescription } from '@firstofficer/openapi';
import { createHeader, findChangedModules, type GeneratedModule } from '@firstofficer/openapi/generate';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';
import { generateCommands } from './commands.ts';
import { addDeprecationTags, describeDeprecations, generateDeprecations } from './deprecations.ts';
import { generateErrorMembers } from './error-members.ts';
import { generateValidators } from './validators.ts';

export { stripComments } from './api-report.ts';

/** The folder of the client's generated modules. */
export const GENERATED_FOLDER = new URL('../src/generated/', import.meta.url);

/**
 * Generates the types, validators and commands of a description. Returns only the modules whose files are missing or differ.
 *
 * @param spec - The path of the description.
 * @throws Error if the description cannot be read.
 * @example
 * for (const { file } of await generateChangedModules('spec/openapi.yaml')) console.log(`${file} is out of date`);
 */
export async function generateChangedModules(spec: string, folder = GENERATED_FOLDER): Promise<GeneratedModule[]> {
  return findChangedModules(await generateModules(spec, folder));
}

/**
 * Generates the types, validators and commands of a description, for files in a folder. Writes nothing.
 *
 * @param spec - The path of the description.
 * @throws Error if the description cannot be read.
 * @example
 * const [types] = await generateModules('spec/openapi.yaml', folder);
 */
export async function generateModules(spec: string, folder: URL): Promise<GeneratedModule[]> {
  const description = await loadDescription(spec);
  const header = createHeader(spec);
  return [
    { file: new URL('openapi.ts', folder), text: header + (await generateTypes(spec, description)) },
    { file: new URL('validators.ts', folder), text: header + generateValidators(description) },
    { file: new URL('commands.ts', folder), text: header + generateCommands(description) },
  ];
}

/** Generates a module with the types of a description, the URL of its first server and its operations. */
async function generateTypes(spec: string, { document, operations }: Description): Promise<string> {
  const [server] = document.servers as [{ url: string }];
  const source = describeDeprecations(parse(await readFile(spec, 'utf8')), operations);
  return [
    '',
    '/** The URL of the first server in the description. */',
    `export const SERVER_URL = ${JSON.stringify(server.url)};`,
    '',
    '/** The operations, by method and path. `errors` has the required strings of each documented error, by status. */',
    'export const OPERATIONS = {',
    ...operations.map(
      (operation) =>
        `  ${JSON.stringify(`${operation.method} ${operation.path}`)}: ` +
        `{ id: ${JSON.stringify(operation.id)}, errors: ${generateErrorMembers(operation)}${generateDeprecations(operation, operations)} },`,
    ),
    '} as const;',
    '',
    addDocumentation(
      addDeprecationTags(astToString(await openapiTS(JSON.stringify(source), { silent: true })), operations),
    ),
  ].join('\n');
}

const DOCUMENTATION = {
  paths: `/**
 * The paths of the API's description and the operations of each.
 *
 * @example
 * type Retrieve = paths['/v2/customers/{customer}']['get'];
 */`,
  components: `/**
 * The schemas, parameters, headers and responses that operations of the API's description share.
 *
 * @example
 * type Amount = components['schemas']['Amount'];
 */`,
  operations: `/**
 * The operations of the API's description, by operationId.
 *
 * @example
 * type CustomerIdentifier = operations['retrieveCustomer']['parameters']['path']['customer'];
 */`,
};

/** Adds TSDoc to the exported types: openapi-typescript generates none. */
function addDocumentation(types: string): string {
  return Object.entries(DOCUMENTATION).reduce(
    (text, [name, comment]) => text.replace(`export interface ${name} {`, `${comment}\n$&`),
    types,
  );
}
