import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { type BenchData, OUR_COMMAND } from './data.ts';
import { measureUsage } from './measure-usage.ts';
import type { Usage } from './report-usage.ts';
import { formatSettings } from './servers/settings.ts';

/** The measured servers. */
export const SERVERS = ['node:http', 'fastify', 'hono', 'express', 'ours'] as const;
export type ServerName = (typeof SERVERS)[number];

const FILES: Readonly<Record<Exclude<ServerName, 'ours'>, URL>> = {
  'node:http': new URL('./servers/node-http.ts', import.meta.url),
  fastify: new URL('./servers/fastify.ts', import.meta.url),
  hono: new URL('./servers/hono.ts', import.meta.url),
  express: new URL('./servers/express.ts', import.meta.url),
};
const REPORT_USAGE = new URL('./report-usage.ts', import.meta.url).href;

/** A server in its own process, which ends with this process. Disposing of it ends it as well. */
export interface RunningServer extends Disposable {
  readonly url: string;
  readonly port: number;
  measureUsage(): Promise<Usage>;
}

/** Options of {@link startServer}. */
export interface StartOptions {
  /** Further options of Node. */
  readonly nodeOptions?: readonly string[];
  /** Further options of our `serve` command. */
  readonly serveOptions?: readonly string[];
}

/** Starts a server and waits until it listens. Its log goes to a pipe that is read, as by a log collector. */
export async function startServer(
  name: ServerName,
  data: BenchData,
  { nodeOptions = [], serveOptions = [] }: StartOptions = {},
): Promise<RunningServer> {
  const { DATABASE_URL: _, ...env } = process.env;
  const args = name === 'ours' ? ['serve', '--port', '0', '--data', data.directory, ...serveOptions] : [];
  const child = fork(name === 'ours' ? OUR_COMMAND : FILES[name], args, {
    execArgv: ['--import', REPORT_USAGE, ...nodeOptions],
    env: { ...env, ...data.env, ...formatSettings(data.settings) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (!child.stdout) throw new Error(`${name} has no output.`);
  const [url] = await Promise.race([readUrl(child.stdout), once(child, 'exit').then(() => [])]);
  if (url === undefined) throw new Error(`${name} ended before it listened.`);
  return {
    url,
    port: Number(new URL(url).port),
    measureUsage: () => measureUsage(child),
    [Symbol.dispose]: () => child.disconnect(),
  };
}

/** Returns the first URL in an output, then reads and discards the rest. */
function readUrl(output: Readable): Promise<[string]> {
  const { promise, resolve } = Promise.withResolvers<[string]>();
  let text = '';
  const read = (chunk: Buffer) => {
    text += chunk;
    const [url] = /http:\/\/127\.0\.0\.1:\d+(?=\D)/.exec(text) ?? [];
    if (url === undefined) return;
    output.off('data', read).resume();
    resolve([url]);
  };
  output.on('data', read);
  return promise;
}
