import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Candidate } from './candidates.ts';

/** A child process that performs one task at a time. Disposing of it kills it. */
export interface Child<Task, Result> extends Disposable {
  perform(task: Task): Promise<Result>;
}

/** Runs a module in a child process. The module must call {@link performTasks}. */
export function startChild<Task extends object, Result>(module: URL): Child<Task, Result> {
  // V8 shrinks the young generation of a waiting process. Garbage collection would then cost more for clients that
  // allocate more. A busy process has a young generation of this size.
  const youngGeneration = '--min-semi-space-size=16';
  const child = fork(module, { execArgv: ['--expose-gc', youngGeneration] });
  const exited = once(child, 'exit').then(() => {
    throw new Error(`${module.pathname.split('/').slice(-2).join('/')} ended before it finished its task.`);
  });
  // When the process is killed on purpose, nothing else handles this rejection.
  exited.catch(() => {});
  return {
    async perform(task) {
      const performed = once(child, 'message');
      child.send(task);
      const [result] = await Promise.race([performed, exited]);
      return result;
    },
    [Symbol.dispose]: () => void child.kill(),
  };
}

/** Performs the tasks of the parent process, and exits when the parent ends. */
export function performTasks<Task, Result>(perform: (task: Task) => Promise<Result>): void {
  process.once('disconnect', () => process.exit());
  process.on('message', async (task) => process.send?.(await perform(task as Task)));
}

/** One child process for each candidate. All of them run, but only one performs a task at a time. Disposing ends them. */
export interface Workers<Name extends Candidate, Task> extends Disposable {
  /** Sends a task to the process of a candidate and returns the measured figure. */
  perform(name: Name, task: Task): Promise<number>;
}

/** Runs a module in one child process for each candidate. */
export function startWorkers<Name extends Candidate, Task extends object>(
  names: readonly Name[],
  module: URL,
): Workers<Name, Task> {
  const workers = new Map(names.map((name) => [name, startChild<Task, number>(module)]));
  return {
    perform: (name, task) => workers.get(name)?.perform(task) ?? Promise.reject(new Error(`${name} has no process.`)),
    [Symbol.dispose]: () => {
      for (const worker of workers.values()) worker[Symbol.dispose]();
    },
  };
}
