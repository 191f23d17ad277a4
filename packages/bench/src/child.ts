import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process that answers one task at a time. */
export interface Child<Task, Result> {
  ask(task: Task): Promise<Result>;
  stop(): void;
}

/** Starts a module as a process of its own; it is to call {@link answer}. */
export function startChild<Task extends object, Result>(module: URL): Child<Task, Result> {
  // A process that is busy has a young generation of this size. One that waits for its turn gives it back, and collecting
  // garbage would then cost those most that make most of it.
  const youngGeneration = '--min-semi-space-size=16';
  const child = fork(module, { execArgv: ['--expose-gc', youngGeneration] });
  const gone = once(child, 'exit').then(() => {
    throw new Error(`${module.pathname.split('/').slice(-2).join('/')} ended before its task did.`);
  });
  // Stopped on purpose, it has nobody left to tell.
  gone.catch(() => {});
  return {
    async ask(task) {
      const answered = once(child, 'message');
      child.send(task);
      const [result] = await Promise.race([answered, gone]);
      return result;
    },
    stop: () => void child.kill(),
  };
}

/** Answers the tasks of the process that started this one, and ends with it. */
export function answer<Task, Result>(respond: (task: Task) => Promise<Result>): void {
  process.once('disconnect', () => process.exit());
  process.on('message', async (task) => process.send?.(await respond(task as Task)));
}
