import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// This benchmark writes directly to the server's database, so its code is in apps/api.
const COMMAND = fileURLToPath(new URL('../../../apps/api/bench/cli.ts', import.meta.url));

/** Measures the requests per second that the live server answers. */
export async function api(): Promise<void> {
  const child = spawn(process.execPath, ['--conditions=@firstofficer/source', COMMAND], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = 1;
}
