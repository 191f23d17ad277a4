import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A child process that performs one task at a time. */
export interface Child<Task, Result> {
  ask(task: Task): Promise<Result>;
  stop(): void;
}

/** Runs a module in a child process. The module must call {@link answer}. */
export function startChild<Task extends object, Result>(module: URL): Child<Task, Result> {
  // V8 shrinks the young generation of a waiting process. Garbage collection would then cost more for clients that
  // allocate more. A busy process has a young generation of this size.
  const youngGeneration = '--min-semi-space-size=16';
  const child = fork(module, { execArgv: ['--expose-gc', youngGeneration] });
  const exited = once(child, 'exit').then(() => {
    throw new Error(`${module.pathname.split('/').slice(-2).join('/')} ended before it finished its task.`);
  });
  // If the process is stopped on purpose, nothing else handles this rejection.
  exited.catch(() => {});
  return {
    async ask(task) {
      const answered = once(child, 'message');
      child.send(task);
      const [result] = await Promise.race([answered, exited]);
      return result;
    },
    stop: () => void child.kill(),
  };
}

/** Performs the tasks of the parent process, and exits when the parent disconnects. */
export function answer<Task, Result>(respond: (task: Task) => Promise<Result>): void {
  process.once('disconnect', () => process.exit());
  process.on('message', async (task) => process.send?.(await respond(task as Task)));
}
