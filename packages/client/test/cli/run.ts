import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startMock } from '@firstofficer/mock';
import { onTestFinished } from 'vitest';

const CUSTOMERS = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
/** The source of the command for notes. */
export const NOTES = fileURLToPath(new URL('notes.ts', import.meta.url));
const SOURCE = ['--conditions=@firstofficer/source'];

/** What a command printed, and its exit code. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run a command. */
export interface RunOptions {
  /** The base URL of the API. */
  readonly url: string;
  /** The API key. Default: the key of the mock. */
  readonly token?: string | undefined;
  /** The standard input. */
  readonly input?: string;
  /** The source of the command. Default: the command for customers. */
  readonly program?: string;
  /** A program that runs the command, and its arguments. */
  readonly wrapper?: readonly string[];
}

/** Starts a command in a process of its own. The process ends with the test. */
export function startCommand(args: readonly string[], options: RunOptions): ChildProcess {
  const { url, token = 'YourTokenHere', program = CUSTOMERS, wrapper = [] } = options;
  const [command = '', ...words] = [...wrapper, process.execPath, ...SOURCE, program, ...args];
  const env = { ...process.env, FIRSTOFFICER_URL: url, FIRSTOFFICER_TOKEN: token };
  const child = spawn(command, words, { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Runs a command until it ends. */
export async function runCommand(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const child = startCommand(args, options);
  // A command that ends before it has read everything closes the pipe.
  child.stdin?.on('error', () => {}).end(options.input ?? '');
  return collectOutcome(child);
}

/** Returns what a running command prints until it ends. */
export async function collectOutcome(child: ChildProcess): Promise<Outcome> {
  const { stdout, stderr } = child;
  const exit = once(child, 'close');
  const [output, errors] = await Promise.all([stdout && text(stdout), stderr && text(stderr)]);
  const [code] = (await exit) as [number | null];
  return { code, stdout: output ?? '', stderr: errors ?? '' };
}

/**
 * A program that runs another one on a terminal, with both outputs: python3 with these arguments.
 */
export const ON_TERMINAL = ['-c', 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))'];

/** Runs a command of the description of notes, against a mock of it. */
export async function runNotes(args: readonly string[], options: Partial<RunOptions> = {}): Promise<Outcome> {
  const spec = fileURLToPath(import.meta.resolve('@firstofficer/spec/test/notes.openapi.yaml'));
  const mock = await startMock({ spec });
  onTestFinished(() => mock.close());
  return runCommand(args, { url: mock.url, program: NOTES, ...options });
}
