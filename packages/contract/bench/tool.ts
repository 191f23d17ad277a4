import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';

/** A museum that runs, and what a tool needs to test it. */
export interface RunningMuseum {
  readonly url: string;
  readonly key: string;
  /** The path of the description. */
  readonly spec: string;
  /** A folder for the files of the run. */
  readonly folder: string;
}

/** A finding of a tool. */
export interface Finding {
  readonly check: string;
  /** Equal for findings with the same cause. */
  readonly key: string;
}

/** What a command printed and how long it took. */
interface CommandResult {
  readonly code: number | null;
  readonly output: string;
  readonly seconds: number;
}

/** The result of one run of a tool. */
export interface ToolRun extends CommandResult {
  readonly findings: readonly Finding[];
}

/** A tool that tests an API against its description. */
export interface Tool {
  readonly name: string;
  run(museum: RunningMuseum): Promise<ToolRun>;
}

interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** Runs a command and measures how long it takes. */
export function runCommand(
  [command = '', ...args]: readonly string[],
  { cwd, env = {}, timeoutMs = 180_000 }: CommandOptions = {},
): Promise<CommandResult> {
  const start = performance.now();
  const options = { env: { ...process.env, ...env }, timeout: timeoutMs, killSignal: 'SIGKILL' as const };
  const child = spawn(command, args, { ...options, ...(cwd !== undefined && { cwd }) });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    const finish = (code: number | null, error = '') =>
      resolve({ code, output: Buffer.concat(chunks) + error, seconds: (performance.now() - start) / 1000 });
    child.once('error', (error) => finish(null, error.message));
    child.once('close', (code) => finish(code));
  });
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
