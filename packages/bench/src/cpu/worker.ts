import { deepStrictEqual } from 'node:assert/strict';
import { type Candidate, load } from '../candidates.ts';
import { answer } from '../child.ts';
import type { ExampleCustomer } from '../example.ts';

/** Either what to measure, which comes once, or how. */
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
  // A client that does not do the work would be the cheapest.
  deepStrictEqual(await retrieve(), example.customer);
  return 0;
});

/** Microseconds of this process, in user code and in the system, per request. */
async function cpuPerRequest(concurrency: number, requests: number): Promise<number> {
  // A process that has waited for its turn is slow at first: its code and data have left the caches of the CPU.
  await retrieveAll(concurrency, requests / 4);
  // What came before is not swept up at the expense of what follows. Only the young generation: after a full collection
  // V8 gives memory and code back, and the figures are those of a process that has just begun.
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
