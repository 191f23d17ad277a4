import type { Candidate } from './candidates.ts';
import { startChild } from './child.ts';

/** One child process for each candidate. All of them run, but only one works at a time. */
export interface Workers<Name extends Candidate, Task> {
  /** Sends a task to the process of a candidate and returns the measured figure. */
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
