import type { Description } from '@firstofficer/openapi';
import openapiTS, { astToString } from 'openapi-typescript';

/** Generates a module with the types of a description, the URL of its first server, and its operation IDs. */
export async function generateTypes(spec: URL, { document, operations }: Description): Promise<string> {
  const [server] = document.servers as [{ url: string }];
  return [
    '',
    '/** The URL of the first server in the description. */',
    `export const SERVER_URL = ${JSON.stringify(server.url)};`,
    '',
    '/** The operationId of each operation, by method and path. */',
    'export const OPERATION_IDS = {',
    ...operations.map(({ method, path, id }) => `  ${JSON.stringify(`${method} ${path}`)}: ${JSON.stringify(id)},`),
    '} as const;',
    '',
    addDocumentation(astToString(await openapiTS(spec, { silent: true }))),
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
