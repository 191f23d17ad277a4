import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Builds the workspace; what has not changed comes from turbo's cache. Its output is shown as it comes.
 *
 * @throws Error if a package does not build; turbo has shown why.
 */
export async function buildWorkspace(): Promise<void> {
  const turbo = spawn('turbo run build --output-logs=errors-only', { cwd: ROOT, stdio: 'inherit', shell: true });
  const [code] = await once(turbo, 'exit');
  if (code !== 0) throw new Error('the build failed; the lines above say where.');
}
