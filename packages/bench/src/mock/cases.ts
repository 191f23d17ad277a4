import { exampleCustomer } from '../example.ts';
import type { LoadTask } from './load.ts';
import type { ServerName } from './server.ts';

/** A test request. Each server may need different headers to return the same response. */
export interface Case {
  readonly title: string;
  requestTo(server: ServerName): Omit<LoadTask, 'url' | 'requests'> & { readonly path: string };
}

export async function readCases(token: string): Promise<Case[]> {
  const { identifier } = await exampleCustomer();
  const known = `/v2/customers/${encodeURIComponent(identifier)}`;
  const unknown = '/v2/customers/nobody';
  const key = { authorization: `Basic ${btoa(`${token}:`)}` };
  // Prism returns its first example for every identifier, unless the request asks for a 404.
  const unknownTo = (server: ServerName) => (server === 'prism mock' ? { ...key, prefer: 'code=404' } : key);
  return [
    {
      title: '200, the same customer',
      requestTo: () => ({ path: known, headers: key, status: 200, varies: false }),
    },
    {
      title: '404, the same unknown customer',
      requestTo: (server) => ({ path: unknown, headers: unknownTo(server), status: 404, varies: false }),
    },
    {
      title: '404, another unknown customer each time',
      requestTo: (server) => ({ path: unknown, headers: unknownTo(server), status: 404, varies: true }),
    },
    {
      title: '401, no key',
      requestTo: () => ({ path: known, headers: {}, status: 401, varies: false }),
    },
  ];
}
