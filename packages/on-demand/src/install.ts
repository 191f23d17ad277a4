import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { acquireLock } from './lock.ts';
import { runPnpm } from './pnpm.ts';

/** The root of the main workspace. */
const ROOT = join(import.meta.dirname, '../../..');

/**
 * Installs a workspace that is not part of the main one, unless it is installed already. The folder holds its own
 * `package.json`, `pnpm-workspace.yaml` and `pnpm-lock.yaml`; the `description` of the package says on standard error
 * what is installed. Processes that ask at the same time wait for the first one.
 *
 * @throws Error if pnpm fails: the message says what to do.
 * @example
 * await installOnDemand(join(import.meta.dirname, '../chromium'));
 */
export async function installOnDemand(folder: string): Promise<void> {
  const wanted = await readSources(folder);
  if (wanted === (await readInstalled(folder))) return;
  await using _lock = await acquireLock(join(folder, 'install.lock'));
  if (wanted === (await readInstalled(folder))) return;

  const { description = folder } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  // The test runner hides what passing tests print through the console.
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
  await writeFile(installedFile(folder), wanted);
}

/** All that decides what is installed. */
async function readSources(folder: string): Promise<string> {
  const files = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'];
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  // Packages with native code differ by platform.
  return [process.platform, process.arch, ...texts].join('\n');
}

/** What decided over the last installation, if there was one. */
function readInstalled(folder: string): Promise<string | undefined> {
  return readFile(installedFile(folder), 'utf8').catch(() => undefined);
}

function installedFile(folder: string): string {
  return join(folder, 'node_modules', '.installed-from');
}
