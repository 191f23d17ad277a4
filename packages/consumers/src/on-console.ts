import { expect, inject } from 'vitest';
import { startApi } from './api.ts';
import type { Result } from './behaviours.ts';
import { startProgram } from './program.ts';

/** The results of the console program as a module of the given extension, in a runtime that has a command line. */
export async function resultsOnConsole(
  path: string,
  options: readonly string[],
  extension: 'mjs' | 'cjs',
  signal: AbortSignal,
): Promise<Result[]> {
  await using api = await startApi();
  const args = [...options, `console.${extension}`, api.url];
  await using program = startProgram({ path, args, cwd: inject('consumer'), signal });
  const results: Result[] = JSON.parse(await program.line());
  // No warning of the runtime, such as that of too many listeners.
  expect(await program.complaints()).toBe('');
  return results;
}
