import { DEFAULT_TOKEN } from '@firstofficer/mock';
import type { Usage } from '../api/report-usage.ts';
import { startChild } from '../child.ts';
import { MANY_PATHS } from './cases.ts';
import type { Load, LoadTask } from './load.ts';
import { startServer } from './server.ts';

const REQUESTS = 100_000;
const FAIL_REQUESTS = 10_000;
const CONNECTIONS = 200;

/** The memory of the mock before and after many requests. */
export interface Memory {
  /** What happened between the measurements. */
  readonly title: string;
  readonly start: Usage;
  readonly end: Usage;
}

/** Measures the memory of the mock before and after requests that all differ, over many connections. */
export async function measureMemory(): Promise<Memory> {
  using server = await startServer('firstofficer-mock', { isMeasured: true, nodeOptions: ['--expose-gc'] });
  using client = startChild<LoadTask, Load>(new URL('./load.ts', import.meta.url));
  const authorization = `Basic ${btoa(`${DEFAULT_TOKEN}:`)}`;
  const task = { url: `${server.url}/v2/customers/nobody`, connections: CONNECTIONS, paths: MANY_PATHS };
  const start = await server.measureUsage();
  await client.perform({ ...task, headers: { authorization }, status: 404, requests: REQUESTS });
  // Each request has a counter of its own and fails.
  const headers = { authorization, prefer: 'fail=1' };
  await client.perform({ ...task, headers, status: 503, requests: FAIL_REQUESTS });
  const end = await server.measureUsage();
  const format = (count: number) => count.toLocaleString('en');
  const title = `after ${format(REQUESTS)} requests over ${CONNECTIONS} connections and ${format(FAIL_REQUESTS)} failures on demand`;
  return { title, start, end };
}
