import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { acquireLock } from './lock.ts';

/** The root of the main workspace. */
const ROOT = join(import.meta.dirname, '../../..');

const run = promisify(execFile);

/**
 * Installs a workspace that is not part of the main workspace, unless it is already installed. Its folder contains a
 * `package.json`, a `pnpm-workspace.yaml` and a `pnpm-lock.yaml`.
 *
 * Prints the description of the package on standard error before it installs. If several processes call this at the same
 * time, one installs and the others wait.
 *
 * @throws Error with the reason and the command to run, if pnpm fails.
 * @example
 * await installOnDemand(join(import.meta.dirname, '../chromium'));
 */
export async function installOnDemand(folder: string): Promise<void> {
  const wanted = await readInputs(folder);
  if (wanted === (await readInstalled(folder))) return;
  await using _lock = await acquireLock(join(folder, 'install.lock'));
  if (wanted === (await readInstalled(folder))) return;

  const { description = folder } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  // Not `console.error`, because vitest hides the console output of tests that pass.
  process.stderr.write(`Installing on first use: ${description}\n`);
  try {
    // By default, pnpm would retry for more than two minutes on a machine without a network.
    await runPnpm(['install', '--frozen-lockfile', '--silent', '--config.fetch-retries=1'], folder);
  } catch (error) {
    const command = `npx -y pnpm@12 --dir ${relative(ROOT, folder)} install`;
    throw new Error(
      `${folder} could not be installed. Check that the package registry can be reached, then run: ${command}\n${(error as Error).message}`,
      { cause: error },
    );
  }
  await writeFile(getStateFile(folder), wanted);
}

/** Returns everything that determines which files an installation contains. */
async function readInputs(folder: string): Promise<string> {
  const files = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'];
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  // Packages with native code differ by platform.
  return [process.platform, process.arch, ...texts].join('\n');
}

/** Returns what {@link readInputs} returned for the last installation, or undefined if there was none. */
function readInstalled(folder: string): Promise<string | undefined> {
  return readFile(getStateFile(folder), 'utf8').catch(() => undefined);
}

function getStateFile(folder: string): string {
  return join(folder, 'node_modules', '.installed-from');
}

/**
 * Runs pnpm in a folder and returns what it printed.
 *
 * @throws Error with the command and what it printed, if pnpm fails.
 * @example
 * await runPnpm(['pack', '--out', 'client.tgz'], 'packages/client');
 */
export async function runPnpm(args: readonly string[], cwd: string, env = process.env): Promise<string> {
  const [program, ...options] = findPnpm();
  // On Windows, npx is a script, and only a shell can run it.
  const shell = process.platform === 'win32' && program === 'npx';
  try {
    return (await run(program, [...options, ...args], { cwd, env, shell })).stdout;
  } catch (error) {
    const { message, stdout = '' } = error as Error & { stdout?: string };
    throw new Error(`${message.trimEnd()}\n${stdout}`.trimEnd(), { cause: error });
  }
}

function findPnpm(): [program: string, ...options: string[]] {
  // pnpm sets this variable to its own path for the scripts that it runs. If it is not set, npx runs pnpm.
  const { npm_execpath: path = '' } = process.env;
  if (!/pnpm[^/\\]*$/.test(path)) return ['npx', '-y', 'pnpm@12'];
  return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path];
}
