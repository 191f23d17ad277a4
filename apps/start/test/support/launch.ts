import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listen } from '@firstofficer/common/listen';
import { type Context, createTemporaryFolder } from '@firstofficer/common/testing';

const SOURCES = fileURLToPath(new URL('../../src/', import.meta.url));
const TURBO = fileURLToPath(new URL('turbo.ts', import.meta.url));

/** How a command ended. */
export interface End {
  readonly code: number | null;
  readonly errors: string;
  /** The temporary files that it left behind. */
  readonly files: string[];
}

/** The end of a command that was stopped and removed its temporary files. */
export const NOTHING_LEFT: End = { code: 0, errors: '', files: [] };

/** Returns the URL of a service in the output of a command. */
export function addressOf(name: string, output: string): string {
  return new RegExp(`^ {2}${name} +(http:\\S+)$`, 'm').exec(output)?.[1] ?? `no address of ${name} in ${output}`;
}

/** Which command to run, and how. */
export interface Launch {
  /** The program. Default: that of `pnpm start`. */
  readonly command?: 'cli.ts' | 'dev-cli.ts';
  readonly options: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Runs `pnpm start` or `pnpm dev` in a separate process group, with a replacement for turbo that the test controls.
 *
 * @example
 * const { readUntil } = await launch(context, { options: ['--no-docs'] });
 * await readUntil('Press Ctrl-C');
 */
export async function launch(context: Context, { command = 'cli.ts', options, env = {} }: Launch) {
  const folder = await createTemporaryFolder(context);
  const [bin, temporary] = [join(folder, 'bin'), join(folder, 'tmp')];
  for (const path of [bin, temporary]) mkdirSync(path);
  writeFileSync(join(bin, 'turbo'), `#!/bin/sh\nexec '${process.execPath}' '${TURBO}'\n`, { mode: 0o755 });
  const build = await listenForBuild();

  const child = spawn(process.execPath, ['--conditions=@firstofficer/source', join(SOURCES, command), ...options], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      TMPDIR: temporary,
      TEST_PORT: String(build.port),
      ...env,
    },
  });
  context.onTestFinished(() => {
    child.kill('SIGKILL');
    void build.close();
  });

  const closed = once(child, 'close');
  child.stdout.setEncoding('utf8');
  const errors = child.stderr.setEncoding('utf8').toArray();
  let output = '';
  return {
    child,
    build,
    /** Reads the output until it contains a text, and returns all output so far. */
    async readUntil(text: string): Promise<string> {
      for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
        output += chunk;
        if (output.includes(text)) return output;
      }
      throw new Error(`The output ended without "${text}":\n${output}${(await errors).join('')}`);
    },
    /** Waits until neither the process nor the build runs any longer. */
    async end(): Promise<End> {
      const [code] = await closed;
      await build.ended();
      return { code, errors: (await errors).join(''), files: readdirSync(temporary) };
    },
  };
}

/** Listens for the processes of a build: they are connected as long as they run. */
async function listenForBuild() {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined).resume()));
  const { port, close } = await listen(server);
  return {
    port,
    processes: sockets,
    /** Waits until turbo and its task run. */
    async started(): Promise<void> {
      while (sockets.length < 2) await once(server, 'connection');
    },
    /** Lets the task end. */
    finish(exitCode: 0 | 1): void {
      for (const socket of sockets) socket.write(String(exitCode));
    },
    /** Waits until turbo and its task have ended. */
    async ended(): Promise<void> {
      await Promise.all(sockets.map((socket) => socket.closed || once(socket, 'close')));
    },
    close,
  };
}
