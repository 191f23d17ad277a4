import type { Candidate } from './candidates.ts';
import { startChild } from './child.ts';

/** A process for each candidate, all of them alive and one at work at a time. */
export interface Workers<Name extends Candidate, Task> {
  /** Has a candidate's process do a task, and gives the figure that comes of it. */
  ask(name: Name, task: Task): Promise<number>;
  stop(): void;
}

export function startWorkers<Name extends Candidate, Task extends object>(
  names: readonly Name[],
  module: URL,
): Workers<Name, Task> {
  const workers = new Map(names.map((name) => [name, startChild<Task, number>(module)]));
  return {
    ask: (name, task) => workers.get(name)?.ask(task) ?? Promise.reject(new Error(`${name} has no process.`)),
    stop: () => {
      for (const worker of workers.values()) worker.stop();
    },
  };
}
