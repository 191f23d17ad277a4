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
