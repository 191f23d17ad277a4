import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';

/** A server that serves the description, by the name of its command. */
export type ServerName = 'prism mock' | 'firstofficer-mock';

/** A server in a process of its own. */
export interface RunningServer {
  readonly name: ServerName;
  readonly url: string;
  /** Milliseconds from the start of the process to its first answer. */
  readonly startTime: number;
  stop(): void;
}

const SPEC = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** What a user would type. Prism tells of every request unless it is told not to, which would cost it time. */
const COMMANDS: Record<ServerName, { readonly file: URL; readonly options: readonly string[] }> = {
  'prism mock': { file: new URL(import.meta.resolve('@stoplight/prism-cli')), options: ['mock', SPEC, '-v', 'silent'] },
  'firstofficer-mock': {
    file: new URL('../bin/firstofficer-mock.js', import.meta.resolve('@firstofficer/mock')),
    options: [],
  },
};

/** Starts a server as its command does, and waits until it answers. */
export async function startServer(name: ServerName): Promise<RunningServer> {
  const { file, options } = COMMANDS[name];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begin = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(file), ...options, '--port', String(port)], { stdio: 'ignore' });
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`${name} ended before it answered.`);
    await setTimeout(5);
  }
  return { name, url, startTime: performance.now() - begin, stop: () => void child.kill() };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    async (response) => {
      await response.body?.cancel();
      return true;
    },
    () => false,
  );
}
