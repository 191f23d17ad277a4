import type { Description } from '@firstofficer/openapi';
import openapiTS, { astToString } from 'openapi-typescript';

/** The types of the description, and the server it names first. */
export async function typesModule(spec: URL, { document }: Description): Promise<string> {
  const [server] = document.servers as [{ url: string }];
  return [
    '',
    '/** The first server of the description: the live API. */',
    `export const SERVER_URL = ${JSON.stringify(server.url)};`,
    '',
    documented(astToString(await openapiTS(spec, { silent: true }))),
  ].join('\n');
}

const DOCUMENTATION = {
  paths: `/**
 * The paths of the API's description, with the operations that each has.
 *
 * @example
 * type Retrieve = paths['/v2/customers/{customer}']['get'];
 */`,
  components: `/**
 * What the operations of the API's description share: schemas, parameters, headers and responses.
 *
 * @example
 * type Amount = components['schemas']['Amount'];
 */`,
  operations: `/**
 * The operations of the API's description by their operationId.
 *
 * @example
 * type Identifier = operations['retrieveCustomer']['parameters']['path']['customer'];
 */`,
};

/** The package exports these, and openapi-typescript says nothing of them. */
function documented(types: string): string {
  return Object.entries(DOCUMENTATION).reduce(
    (text, [name, comment]) => text.replace(`export interface ${name} {`, `${comment}\n$&`),
    types,
  );
}
