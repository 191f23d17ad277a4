import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';

/** The command that starts a mock server. */
export type ServerName = 'prism mock' | 'firstofficer-mock';

/** A mock server that runs in its own process. */
export interface RunningServer {
  readonly name: ServerName;
  readonly url: string;
  /** The time from the start of the process to its first response, in milliseconds. */
  readonly startTime: number;
  stop(): void;
}

const SPEC = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** The commands that a user would run. Prism runs without its request log, which would slow it down. */
const COMMANDS: Record<ServerName, { readonly file: URL; readonly options: readonly string[] }> = {
  'prism mock': { file: new URL(import.meta.resolve('@stoplight/prism-cli')), options: ['mock', SPEC, '-v', 'silent'] },
  'firstofficer-mock': {
    file: new URL('../bin/firstofficer-mock.js', import.meta.resolve('@firstofficer/mock')),
    options: [],
  },
};

/** Starts a server by its command and waits until it responds. */
export async function startServer(name: ServerName): Promise<RunningServer> {
  const { file, options } = COMMANDS[name];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begin = performance.now();
  const child = spawn(process.execPath, [fileURLToPath(file), ...options, '--port', String(port)], { stdio: 'ignore' });
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`${name} ended before it responded to a request.`);
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
