import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { installOnDemand } from '@firstofficer/on-demand';

const WORKSPACE = join(import.meta.dirname, '../toolchains');

// Not in a test, because the installation may exceed the timeout of a test on a slow network.
await installOnDemand(WORKSPACE);

const FILES = {
  'node-16': 'bin/node',
  'node-18': 'bin/node',
  'node-20': 'bin/node',
  'node-22': 'bin/node',
  'node-26': 'bin/node',
  bun: 'bin/bun.exe',
  deno: 'deno',
  workerd: 'bin/workerd',
} as const;

/** The context of a test. */
interface Context {
  skip(reason: string): never;
}

/** A runtime of the workspace `toolchains`. */
export type Runtime = keyof typeof FILES;

/**
 * Returns the executable of a runtime. Skips the test, with the reason, if the registry has none for this platform. If
 * `REQUIRE_RUNTIMES=1` is set, the test fails instead.
 */
export function requireRuntime(context: Context, runtime: Runtime): string {
  return requirePath(context, runtime, findRuntime(runtime));
}

/** Returns the path of a runtime. If it is undefined, skips the test or fails it. */
export function requirePath(context: Context, runtime: Runtime, path: string | undefined): string {
  if (path !== undefined) return path;
  const machine = `${process.platform} ${process.arch}`;
  const reason = `the registry has no ${runtime} for this machine (${machine}), or it could not be installed. To try again, delete packages/consumers/toolchains/node_modules.`;
  if (process.env.REQUIRE_RUNTIMES) throw new Error(reason);
  return context.skip(reason);
}

/** Returns the executable of a runtime, or undefined if the registry has none for this platform. */
function findRuntime(runtime: Runtime): string | undefined {
  const file = join(getPackageFolder(runtime), FILES[runtime]);
  return [file, `${file}.exe`].find((path) => existsSync(path));
}

/** Returns the folder of a package in the workspace. It does not exist if the registry has no build for this platform. */
export function getPackageFolder(name: string): string {
  return join(WORKSPACE, 'node_modules', name);
}

/** Links packages of the workspace into the `node_modules` of the consumer, unless they are linked already. */
export async function linkPackages(consumer: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const link = join(consumer, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(getPackageFolder(name), link, 'junction').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
