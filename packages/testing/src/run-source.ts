import { execFile } from 'node:child_process';

/** What a command printed, and its exit code. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command runs. */
export interface RunOptions {
  /** The folder in which the user calls the command. Default: that of this process. */
  readonly cwd?: string;
  /** Variables that it gets besides those of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs the TypeScript source of a command until it ends.
 *
 * @example
 * const { code, stderr } = await runSource('src/cli.ts', ['--wrong']);
 */
export function runSource(
  file: string,
  args: readonly string[],
  { cwd = process.cwd(), env }: RunOptions = {},
): Promise<CommandResult> {
  const options = { cwd, env: { ...process.env, INIT_CWD: cwd, ...env }, maxBuffer: 2 ** 26 };
  return new Promise((resolve, reject) => {
    const command = ['--conditions=@firstofficer/source', file, ...args];
    const child = execFile(process.execPath, command, options, (error, stdout, stderr) => {
      if (child.exitCode === null) reject(error);
      else resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}
