import { expect, inject } from 'vitest';
import { startApi } from './api.ts';
import { BEHAVIOUR_NAMES, type Result } from './behaviours.ts';
import { startProgram } from './program.ts';

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
