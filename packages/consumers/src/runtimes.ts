import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const RUNTIMES = dirname(require.resolve('@firstofficer/runtimes/package.json'));

/** A runtime of `@firstofficer/runtimes`. */
export type Runtime = keyof typeof FILES;

const FILES = {
  'node-20': 'bin/node',
  'node-22': 'bin/node',
  'node-26': 'bin/node',
  bun: 'bin/bun.exe',
  deno: 'deno',
  workerd: 'bin/workerd',
} as const;

/** The folder of a package that may be missing: not every platform has every runtime. */
function optionalPackage(name: string): string | undefined {
  const folder = join(RUNTIMES, 'node_modules', name);
  return existsSync(folder) ? folder : undefined;
}

/** The executable of a runtime, if this platform has it. */
export function executable(runtime: Runtime): string | undefined {
  const folder = optionalPackage(runtime);
  if (folder === undefined) return undefined;
  const file = join(folder, FILES[runtime]);
  return [file, `${file}.exe`].find((path) => existsSync(path));
}
