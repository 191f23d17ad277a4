import { deepStrictEqual } from 'node:assert/strict';
import { type Candidate, load } from '../candidates.ts';
import { answer } from '../child.ts';
import type { ExampleCustomer } from '../example.ts';

/** The first task sets the client to measure. Each later task measures it. */
export type CpuTask =
  | {
      readonly candidate: Candidate;
      readonly baseUrl: string;
      readonly token: string;
      readonly example: ExampleCustomer;
    }
  | { readonly concurrency: number; readonly requests: number };

let retrieve: () => Promise<unknown>;

answer<CpuTask, number>(async (task) => {
  if ('concurrency' in task) return cpuPerRequest(task.concurrency, task.requests);
  const { candidate, baseUrl, token, example } = task;
  const connect = await load(candidate);
  const client = connect({ baseUrl, token, fetch });
  retrieve = () => client(example.identifier);
  // Checks that the client really retrieves the customer.
  deepStrictEqual(await retrieve(), example.customer);
  return 0;
});

/** Returns the CPU time of this process per request, user and system, in microseconds. */
async function cpuPerRequest(concurrency: number, requests: number): Promise<number> {
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
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await retrieve();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
}
