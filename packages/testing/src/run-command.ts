import { type ExecFileOptions, execFile } from 'node:child_process';

/** What a command printed, and its exit code. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command until it ends.
 *
 * @throws Error if the command cannot start, or is killed.
 * @example
 * const { code, stdout } = await runCommand('node', ['--version'], { cwd: folder });
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: Pick<ExecFileOptions, 'cwd' | 'env' | 'signal'>,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { ...options, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (child.exitCode === null) reject(error);
      else resolve({ code: child.exitCode, stdout, stderr });
    });
  });
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
  const command = ['--conditions=@firstofficer/source', file, ...args];
  return runCommand(process.execPath, command, { cwd, env: { ...process.env, INIT_CWD: cwd, ...env } });
}
