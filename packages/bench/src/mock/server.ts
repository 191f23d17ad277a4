import { fork } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@firstofficer/common/listen';
import { measureUsage } from '../api/measure-usage.ts';
import type { Usage } from '../api/report-usage.ts';

export const SERVERS = ['prism mock', 'firstofficer-mock'] as const;

/** The command that starts a mock server. */
export type ServerName = (typeof SERVERS)[number];

/** The server that the other one is compared with. */
export const BASELINE: ServerName = 'prism mock';

const SPEC = fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

const REPORT_USAGE = new URL('../api/report-usage.ts', import.meta.url).href;

/** A mock server that runs in its own process. Disposing of it kills the process. */
export interface RunningServer extends Disposable {
  readonly url: string;
  /** The time from the start of the process to its first response, in milliseconds. */
  readonly startTime: number;
  /** Returns the resources that the process has used. It must have been started with `isMeasured`. */
  measureUsage(): Promise<Usage>;
}

/** Options of {@link startServer}. */
export interface ServerOptions {
  /** The description to serve. Default: FirstOfficer's. */
  readonly spec?: string;
  /** Further options of our command. */
  readonly options?: readonly string[];
  /** Whether the process reports its resources. It then starts more slowly. */
  readonly isMeasured?: boolean;
  /** Further options of Node. */
  readonly nodeOptions?: readonly string[];
}

/** Starts a server by the command that a user would run, and waits until it responds. */
export async function startServer(
  name: ServerName,
  { spec, options = [], isMeasured = false, nodeOptions = [] }: ServerOptions = {},
): Promise<RunningServer> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const command = buildCommand(name, spec, options);
  const begin = performance.now();
  const child = fork(command.file, [...command.args, '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...nodeOptions, ...(isMeasured ? ['--import', REPORT_USAGE] : [])],
  });
  const stop = () => {
    child.kill();
    // A measured process keeps running until its connection to this process closes.
    if (child.connected) child.disconnect();
  };
  process.once('exit', stop);
  while (!(await hasStarted(url))) {
    if (child.exitCode !== null) throw new Error(`${name} ended before it responded to a request.`);
    await setTimeout(5);
  }
  return {
    url,
    startTime: performance.now() - begin,
    measureUsage: () => measureUsage(child),
    [Symbol.dispose]() {
      process.off('exit', stop);
      stop();
    },
  };
}

function buildCommand(name: ServerName, spec: string | undefined, options: readonly string[]) {
  if (name === 'firstofficer-mock') {
    const file = new URL('../bin/firstofficer-mock.js', import.meta.resolve('@firstofficer/mock'));
    return { file, args: [...(spec === undefined ? [] : ['--spec', spec]), ...options] };
  }
  // Without its request log, which would slow Prism down.
  const file = new URL(import.meta.resolve('@stoplight/prism-cli'));
  return { file, args: ['mock', spec ?? SPEC, '-v', 'silent'] };
}

async function hasStarted(url: string): Promise<boolean> {
  return fetch(url).then(
    async (response) => {
      await response.body?.cancel();
      return true;
    },
    () => false,
  );
}
