import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installOnDemand } from '@firstofficer/on-demand';

const WORKSPACE = join(import.meta.dirname, '../toolchains');

// Here rather than in a test, where a slow network would exceed the time limit.
await installOnDemand(WORKSPACE);

const FILES = {
  'node-20': 'bin/node',
  'node-22': 'bin/node',
  'node-26': 'bin/node',
  bun: 'bin/bun.exe',
  deno: 'deno',
  workerd: 'bin/workerd',
} as const;

/** A runtime of the workspace `toolchains`. */
export type Runtime = keyof typeof FILES;

/** Returns the executable of a runtime, or undefined if the registry has none for this platform. */
export function findRuntime(runtime: Runtime): string | undefined {
  const file = join(packageFolder(runtime), FILES[runtime]);
  return [file, `${file}.exe`].find((path) => existsSync(path));
}

/** Returns the folder of a package of the workspace. A runtime's is missing where the registry has none. */
export function packageFolder(name: string): string {
  return join(WORKSPACE, 'node_modules', name);
}
