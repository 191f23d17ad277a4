import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Listening, type ListenOptions, listen } from './listen.ts';

/**
 * The context of a test: the argument of its function, or `{ onTestFinished }` imported from vitest.
 *
 * @example
 * const context: Context = { onTestFinished };
 */
export interface Context {
  onTestFinished(cleanUp: () => void | Promise<void>): void;
}

/**
 * Starts a server on a free loopback port and closes it when the test is finished.
 *
 * @example
 * test('a request arrives', async (context) => {
 *   const { url } = await listenInTest(context, createServer((_, response) => response.end('Hello')));
 *   expect(await (await fetch(url)).text()).toBe('Hello');
 * });
 */
export async function listenInTest(context: Context, server: Server, options: ListenOptions = {}): Promise<Listening> {
  const listening = await listen(server, options);
  context.onTestFinished(() => listening.close());
  return listening;
}

/**
 * Creates a folder, writes the files into it, and removes it when the test is finished. Returns its path.
 *
 * @param files - The text of each file by its name.
 * @example
 * const folder = await createTemporaryFolder(context, { 'openapi.yaml': 'openapi: 3.1.0' });
 */
export async function createTemporaryFolder(
  context: Context,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-'));
  context.onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

/**
 * Creates a generator of pseudo-random integers, always the same ones for a seed (mulberry32). Print the seed in the name
 * of the test, so that a failure can be repeated.
 *
 * @returns A function that returns an integer from 0 to below a limit.
 * @example
 * test.for([1, 2, 3])('any order is accepted (seed %i)', (seed) => {
 *   const random = createRandom(seed);
 *   const first = items[random(items.length)];
 * });
 */
export function createRandom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) % limit;
  };
}
