import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The result of a program. */
export interface Ending {
  /** The exit code, or null if a signal ended the program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options for `runProgram`. */
export interface Start {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Kills the program when it is aborted. */
  readonly signal: AbortSignal;
}

/**
 * Runs a program and waits for its end. It inherits only PATH, because a proxy in the environment would redirect it.
 */
export function runProgram(path: string, { args, cwd, env, signal }: Start): Promise<Ending> {
  return new Promise((resolve) => {
    const child = execFile(
      path,
      args,
      { cwd, env: { PATH: process.env.PATH, ...env }, signal, killSignal: 'SIGKILL' },
      (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** A program that runs in the background until it is disposed. */
export interface Background extends AsyncDisposable {
  /** Waits until the output contains `text`, and returns the output. Rejects if the program ends before. */
  printed(text: string): Promise<string>;
}

export function startInBackground(
  path: string,
  { args, cwd, env }: { readonly args: readonly string[]; readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Background {
  // Start a process group: npx starts the server as a child process, and both must end together.
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
        if (!going && !stdout.includes(text))
          throw new Error(`The program ended without printing ${text}:\n${stdout}${stderr}`);
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
    // The group has already ended.
  }
}
