import { type ChildProcess, spawn } from 'node:child_process';

/** What a program is started with. */
export interface Start {
  readonly path: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends it, at the latest. */
  readonly signal: AbortSignal;
}

/** A program that runs until it ends or is disposed of. */
export interface Program extends AsyncDisposable {
  /** The next line of its standard output; rejects, with what it had to say of its failure, if there is none. */
  line(): Promise<string>;
  /** What it has said on its standard error, once it has ended. */
  complaints(): Promise<string>;
}

export function startProgram({ path, args, cwd, env = {}, signal }: Start): Program {
  const child = spawn(path, args, {
    cwd,
    // Nothing of the caller's: a proxy or a flag of Node would change what is tried.
    env: { PATH: process.env.PATH ?? '', HOME: cwd, TMPDIR: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that what a browser starts ends with it.
    detached: process.platform !== 'win32',
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('close', (code, reason) => resolve(`${path} ended with ${reason ?? code}`));
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const lines = linesOf(child);
  const stop = () => end(child);
  signal.addEventListener('abort', stop, { once: true });
  return {
    async line() {
      const { value } = await lines.next();
      if (typeof value === 'string') return value;
      throw new Error(`${await ended}\n${stderr}`);
    },
    async complaints() {
      await ended;
      return stderr;
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', stop);
      end(child);
      await ended;
    },
  };
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

async function* linesOf(child: ChildProcess): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of child.stdout?.setEncoding('utf8') ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
