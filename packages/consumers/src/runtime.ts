import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { killTree } from '@firstofficer/common/kill-tree';
import { expect, inject } from 'vitest';
import { startApi } from './api.ts';
import { BEHAVIOUR_NAMES, type Result } from './behaviours.ts';

/** A run of the console program. */
interface ConsoleRun {
  /** The executable of the runtime. */
  readonly path: string;
  /** The command line options of the runtime. */
  readonly options?: readonly string[];
  /** The module format of the program. */
  readonly extension: 'mjs' | 'cjs';
  /** The package whose `fetch` sends the requests. Default: the global `fetch`. */
  readonly fetchModule?: string;
  readonly signal: AbortSignal;
}

/** Runs the console program in a runtime and returns its results. */
export async function runOnConsole({
  path,
  options = [],
  extension,
  fetchModule,
  signal,
}: ConsoleRun): Promise<Result[]> {
  await using api = await startApi();
  const args = [...options, `console.${extension}`, api.url, ...(fetchModule ? [fetchModule] : [])];
  await using program = startProgram({ path, args, cwd: inject('consumer'), signal });
  const results: Result[] = JSON.parse(await program.readLine());
  // Standard error would contain warnings, for example about too many listeners. One behaviour emits a warning.
  const warnings = (await program.readStderr())
    .split('\n')
    .filter((line) => !/FIRSTOFFICER_DEPRECATED|--trace-|^$/.test(line));
  expect(warnings).toEqual([]);
  return results;
}

/** Checks that every behaviour was tested and passed. */
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
  /** The program is killed when this signal aborts. */
  readonly signal: AbortSignal;
}

/** A running program. Disposing of it kills the program and its descendants. */
export interface Program extends AsyncDisposable {
  /** Reads the next line of standard output. Rejects with the exit code and standard error if there is none. */
  readLine(): Promise<string>;
  /** Waits until the program ends, and returns its standard error. */
  readStderr(): Promise<string>;
}

/** Starts a program. Of the environment, it inherits only `PATH`: a proxy or Node options would affect the test. */
export function startProgram({ path, args, cwd, env = {}, signal }: ProgramOptions): Program {
  const child = spawn(path, args, {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, TMPDIR: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('close', (code, reason) => resolve(`${path} ended with ${reason ?? code}`));
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const stop = () => killTree(child);
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
      killTree(child);
      await ended;
    },
  };
}
