import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { killTree } from '@firstofficer/common/kill-tree';

/** The result of a program. */
export interface ProgramResult {
  /** The exit code, or null if a signal ended the program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options for `runProgram`. */
export interface ProgramOptions {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Kills the program when it is aborted. */
  readonly signal: AbortSignal;
}

/**
 * Runs a program and waits for its end. It inherits only PATH, because a proxy in the environment would redirect it.
 */
export function runProgram(path: string, { args, cwd, env, signal }: ProgramOptions): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = execFile(
      path,
      args,
      { cwd, env: { PATH: process.env.PATH, ...env }, signal, killSignal: 'SIGKILL' },
      (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** A program that runs in the background until it is disposed of. */
export interface Background extends AsyncDisposable {
  /** Waits until the output contains `text`, and returns the output. Rejects if the program ends before. */
  waitForOutput(text: string): Promise<string>;
}

export function startInBackground(
  path: string,
  { args, cwd, env }: { readonly args: readonly string[]; readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Background {
  const child = spawn(path, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
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
    async waitForOutput(text) {
      while (!stdout.includes(text)) {
        const isRunning = await Promise.race([once(child.stdout, 'data').then(() => true), closed.then(() => false)]);
        if (!isRunning && !stdout.includes(text))
          throw new Error(`The program ended without printing ${text}:\n${stdout}${stderr}`);
      }
      return stdout;
    },
    async [Symbol.asyncDispose]() {
      // npx starts the server as a child process, and both must end together.
      killTree(child);
      await closed;
    },
  };
}
