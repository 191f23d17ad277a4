import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// The benchmark of the live server fills its database directly, and therefore lies beside its code.
const COMMAND = fileURLToPath(new URL('../../../apps/api/bench/cli.ts', import.meta.url));

/** How many requests the live server answers. */
export async function api(): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=@firstofficer/source', COMMAND], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = 1;
}
