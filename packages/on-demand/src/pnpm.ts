import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs pnpm in a folder and returns what it printed.
 *
 * @throws Error if pnpm fails: the message holds the command and what it printed.
 * @example
 * await runPnpm(['pack', '--out', 'client.tgz'], 'packages/client');
 */
export async function runPnpm(args: readonly string[], cwd: string): Promise<string> {
  const [program, ...options] = findPnpm();
  // npx is a script on Windows, and only a shell runs scripts there.
  const shell = process.platform === 'win32' && program === 'npx';
  try {
    return (await run(program, [...options, ...args], { cwd, shell })).stdout;
  } catch (error) {
    const { message, stdout = '' } = error as Error & { stdout?: string };
    throw new Error(`${message.trimEnd()}\n${stdout}`.trimEnd(), { cause: error });
  }
}

function findPnpm(): [program: string, ...options: string[]] {
  // pnpm tells the scripts that it runs where it is. A program that was started without pnpm gets it from npx.
  const { npm_execpath: path = '' } = process.env;
  if (!/pnpm[^/\\]*$/.test(path)) return ['npx', '-y', 'pnpm@12'];
  return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path];
}
