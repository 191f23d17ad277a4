import { execFile } from 'node:child_process';

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
