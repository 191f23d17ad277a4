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
    astToString(await openapiTS(spec, { silent: true })),
  ].join('\n');
}
