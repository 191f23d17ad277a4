import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { readExampleCustomer } from '../candidates.ts';
import type { LoadTask } from './load.ts';
import type { ServerName } from './server.ts';

/** How our server is set up: as started, with scenarios that match no request, or with own examples. */
export type Setup = 'plain' | 'scenarios' | 'examples';

/** A request to measure. */
export interface Case extends Pick<LoadTask, 'status' | 'paths'> {
  readonly title: string;
  readonly path: string;
  /** The headers with which each server returns the response. */
  readonly headers: Readonly<Record<ServerName, LoadTask['headers']>>;
  /** Default: plain. */
  readonly setup?: Setup;
  /** Whether both servers return the same body. Default: true. */
  readonly isSameBody?: boolean;
  /** The lowest ratio of requests per second to those of Prism. Default: 2. */
  readonly minimum?: number;
  /** The number of requests in each round. Default: 2,000. */
  readonly requests?: number;
}

/** The number of scenarios that match no request. */
export const SCENARIOS = 100;
/** The number of own examples. */
export const EXAMPLES = 10_000;
/** The prefix of the extra IDs of the own examples. The IDs end in the numbers from 0 on. */
export const EXAMPLE_PREFIX = 'bench-';
/** More paths than any validation cache keeps. */
export const MANY_PATHS = 1_000_000_000;

export async function createCases(): Promise<Case[]> {
  const { identifier } = await readExampleCustomer();
  const known = `/v2/customers/${encodeURIComponent(identifier)}`;
  const unknown = '/v2/customers/nobody';
  const key = { authorization: `Basic ${btoa(`${DEFAULT_TOKEN}:`)}` };
  const sendToBoth = (headers: LoadTask['headers']) => ({ 'prism mock': headers, 'firstofficer-mock': headers });
  // Prism returns its first example for every identifier, unless the request asks for a 404.
  const with404 = { ...sendToBoth(key), 'prism mock': { ...key, prefer: 'code=404' } };
  const sameUnknown = { path: unknown, headers: with404, status: 404 };
  const anotherUnknown = { ...sameUnknown, paths: MANY_PATHS };
  return [
    { title: '200, the same customer', path: known, headers: sendToBoth(key), status: 200 },
    { title: '404, the same unknown customer', ...sameUnknown },
    { title: '404, another unknown customer each time', ...anotherUnknown },
    { title: '401, no key', path: known, headers: sendToBoth({}), status: 401 },
    {
      title: 'Prefer: code=404, another customer each time',
      ...anotherUnknown,
      headers: sendToBoth(with404['prism mock']),
    },
    {
      title: 'Prefer: dynamic=true, seed=1',
      path: known,
      headers: sendToBoth({ ...key, prefer: 'dynamic=true, seed=1' }),
      status: 200,
      isSameBody: false,
      minimum: 1,
      requests: 1_000,
    },
    { title: `404, another unknown customer, ${SCENARIOS} other scenarios`, ...anotherUnknown, setup: 'scenarios' },
    {
      title: `200, ${EXAMPLES.toLocaleString('en')} own examples in turn`,
      path: `/v2/customers/${EXAMPLE_PREFIX}`,
      headers: sendToBoth(key),
      status: 200,
      paths: EXAMPLES,
      setup: 'examples',
      isSameBody: false,
    },
  ];
}
