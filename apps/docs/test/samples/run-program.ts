import { execFile } from 'node:child_process';

/** How a program ended. */
export interface Ending {
  /** Its exit code; null if a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program is started with. */
export interface Start {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Ends it, at the latest. */
  readonly signal: AbortSignal;
}

/** Runs a program to its end. Of the caller's environment it sees nothing but the PATH: a proxy would lead it elsewhere. */
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
