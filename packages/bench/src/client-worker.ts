import { deepStrictEqual } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { type Candidate, type ExampleCustomer, loadCandidate } from './candidates.ts';
import { performTasks } from './child.ts';

/** A task for the process of one client. The first task creates the client. Each later task measures it. */
export type ClientTask =
  | {
      readonly candidate: Candidate;
      readonly example: ExampleCustomer;
      readonly token: string;
      /** The URL of a server. Without it, a stub replaces `fetch` and immediately resolves with a real response. */
      readonly baseUrl?: string;
    }
  /** Measures the CPU time per request. */
  | { readonly requests: number; readonly concurrency: number }
  /** Measures the overhead per call. */
  | { readonly calls: number };

// The first task sets these variables, and nothing changes them later: a process measures only one client.
let retrieve: () => Promise<unknown>;
let retrieveWithoutClient: () => Promise<unknown>;

performTasks<ClientTask, number>(async (task) => {
  if ('calls' in task) return measureOverhead(task.calls);
  if ('requests' in task) return measureCpuTime(task.concurrency, task.requests);
  const { candidate, example, token, baseUrl } = task;
  const stub = createStub(example);
  const connect = await loadCandidate(candidate);
  const client = connect({
    baseUrl: baseUrl ?? 'http://127.0.0.1',
    token,
    fetch: baseUrl === undefined ? stub : fetch,
  });
  retrieve = () => client(example.identifier);
  retrieveWithoutClient = async () => (await stub()).json();
  // The client must retrieve the customer, or its figures would be wrong.
  deepStrictEqual(await retrieve(), example.customer);
  return 0;
});

function createStub({ customer }: ExampleCustomer): () => Promise<Response> {
  const body = JSON.stringify(customer);
  const init = { headers: { 'content-type': 'application/json', 'content-length': String(body.length) } };
  return async () => new Response(body, init);
}

/** Returns the CPU time of this process per request, user and system, in microseconds. */
async function measureCpuTime(concurrency: number, requests: number): Promise<number> {
  // A process is slow after it has waited, because its code and data are no longer in the CPU caches.
  await retrieveAll(concurrency, requests / 4);
  // Garbage of the warm-up must not be collected during the measurement. Only the young generation is collected: a full
  // collection releases memory and code, and the figures would be those of a process that has just started.
  globalThis.gc?.({ type: 'minor' });
  const before = process.cpuUsage();
  await retrieveAll(concurrency, requests);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / requests;
}

async function retrieveAll(concurrency: number, requests: number): Promise<void> {
  let left = requests;
  const retrieveInTurn = async () => {
    while (left > 0) {
      left -= 1;
      await retrieve();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, retrieveInTurn));
}

/** Returns the time per call in microseconds, minus the time of the stub and `json()` measured before and after. */
async function measureOverhead(calls: number): Promise<number> {
  // A process is slow after it has waited, so the first calls are not measured.
  await measureTime(retrieveWithoutClient, calls / 4);
  await measureTime(retrieve, calls / 4);
  const before = await measureTime(retrieveWithoutClient, calls / 2);
  const client = await measureTime(retrieve, calls);
  const after = await measureTime(retrieveWithoutClient, calls / 2);
  return ((client - before - after) * 1_000) / calls;
}

/**
 * Returns the wall-clock time of the calls in milliseconds. The calls never wait, and the CPU clock may have a
 * resolution of only 4 ms.
 */
async function measureTime(call: () => Promise<unknown>, calls: number): Promise<number> {
  const before = performance.now();
  for (let done = 1; done <= calls; done += 1) {
    await call();
    // The event loop must continue, as it does between real requests. Otherwise weak references would not be released.
    if (done % 50 === 0) await setImmediate();
  }
  return performance.now() - before;
}
