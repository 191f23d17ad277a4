import { deepStrictEqual } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Candidate, load } from '../candidates.ts';
import { answer } from '../child.ts';
import type { ExampleCustomer } from '../example.ts';

/** The first task sets the client to measure. Each later task measures it. */
export type OverheadTask =
  | { readonly candidate: Candidate; readonly example: ExampleCustomer }
  | { readonly calls: number };

const CONNECTION = { baseUrl: 'http://127.0.0.1', token: 'key' };

let bare: () => Promise<unknown>;
let retrieve: () => Promise<unknown>;

answer<OverheadTask, number>(async (task) => {
  if ('calls' in task) return overhead(task.calls);
  const { candidate, example } = task;
  const body = JSON.stringify(example.customer);
  const init = { headers: { 'content-type': 'application/json', 'content-length': String(body.length) } };
  const stub: typeof fetch = async () => new Response(body, init);
  const connect = await load(candidate);
  const client = connect({ ...CONNECTION, fetch: stub });
  bare = async () => {
    const response = await stub(CONNECTION.baseUrl, init);
    return response.json();
  };
  retrieve = () => client(example.identifier);
  deepStrictEqual(await retrieve(), example.customer);
  return 0;
});

/** Returns the time per call in microseconds, minus the time of the stub and `json()` measured before and after. */
async function overhead(calls: number): Promise<number> {
  // A process is slow after it has waited. The warm-up keeps this out of the first measurement.
  await time(bare, calls / 4);
  await time(retrieve, calls / 4);
  const before = await time(bare, calls / 2);
  const client = await time(retrieve, calls);
  const after = await time(bare, calls / 2);
  return ((client - before - after) * 1_000) / calls;
}

/**
 * Returns the wall-clock time of the calls in milliseconds. The calls never wait, and the CPU clock may have a
 * resolution of only 4 ms.
 */
async function time(call: () => Promise<unknown>, calls: number): Promise<number> {
  const before = performance.now();
  for (let done = 1; done <= calls; done += 1) {
    await call();
    // Lets the event loop continue, as between real requests, so that for example weak references are released.
    if (done % 50 === 0) await setImmediate();
  }
  return performance.now() - before;
}
