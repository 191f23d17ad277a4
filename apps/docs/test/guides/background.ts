import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs beside others until it is disposed of. */
export interface Background extends AsyncDisposable {
  /** What it has printed once that holds `text`; rejects if it ends before. */
  printed(text: string): Promise<string>;
}

export function startInBackground(
  path: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Background {
  // A group of its own: npx starts the server as a child, which is to end with it.
  const child = spawn(path, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const closed = once(child, 'close');
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return {
    async printed(text) {
      while (!stdout.includes(text)) {
        const going = await Promise.race([once(child.stdout, 'data').then(() => true), closed.then(() => false)]);
        if (!going && !stdout.includes(text)) throw new Error(`It ended without printing ${text}:\n${stdout}${stderr}`);
      }
      return stdout;
    },
    async [Symbol.asyncDispose]() {
      endGroup(child);
      await closed;
    },
  };
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
