import { type ChildProcess, spawn } from 'node:child_process';
import { expect, inject } from 'vitest';
import { startApi } from './api.ts';
import { BEHAVIOUR_NAMES, type Result } from './behaviours.ts';

/** A runtime that has a command line, and the module that it runs. */
interface ConsoleRun {
  /** The executable of the runtime. */
  readonly path: string;
  /** The command line options of the runtime. */
  readonly options?: readonly string[];
  readonly extension: 'mjs' | 'cjs';
  readonly signal: AbortSignal;
}

/** Runs the console program in a runtime and returns its results. */
export async function runOnConsole({ path, options = [], extension, signal }: ConsoleRun): Promise<Result[]> {
  await using api = await startApi();
  const args = [...options, `console.${extension}`, api.url];
  await using program = startProgram({ path, args, cwd: inject('consumer'), signal });
  const results: Result[] = JSON.parse(await program.readLine());
  // The runtime printed no warnings, such as a warning about too many listeners.
  expect(await program.readStderr()).toBe('');
  return results;
}

/** Expects that every behaviour was tested and none failed. */
export function expectAllPassed(results: readonly Result[]): void {
  expect(results.filter(({ ok }) => !ok)).toEqual([]);
  expect(results.map(({ name }) => name)).toEqual(BEHAVIOUR_NAMES);
}

/** The options of {@link startProgram}. */
export interface ProgramOptions {
  readonly path: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Kills the program when it aborts. */
  readonly signal: AbortSignal;
}

/** A running program. Disposing of it kills it. */
export interface Program extends AsyncDisposable {
  /** Reads the next line of standard output. Rejects with the exit code and standard error if there is none. */
  readLine(): Promise<string>;
  /** Waits until the program ends, and returns its standard error. */
  readStderr(): Promise<string>;
}

export function startProgram({ path, args, cwd, env = {}, signal }: ProgramOptions): Program {
  const child = spawn(path, args, {
    cwd,
    // The program does not inherit other variables: a proxy or Node options would affect the test.
    env: { PATH: process.env.PATH ?? '', HOME: cwd, TMPDIR: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // The program leads a process group, so that the processes of a browser are killed with it.
    detached: process.platform !== 'win32',
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('close', (code, reason) => resolve(`${path} ended with ${reason ?? code}`));
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const lines = readLines(child);
  const stop = () => kill(child);
  signal.addEventListener('abort', stop, { once: true });
  return {
    async readLine() {
      const { value } = await lines.next();
      if (typeof value === 'string') return value;
      throw new Error(`${await ended}\n${stderr}`);
    },
    async readStderr() {
      await ended;
      return stderr;
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', stop);
      kill(child);
      await ended;
    },
  };
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // The program has already ended.
  }
}

async function* readLines(child: ChildProcess): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of child.stdout?.setEncoding('utf8') ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
