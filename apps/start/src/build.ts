import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Builds the workspace; what has not changed comes from turbo's cache.
 *
 * @throws Error with turbo's output if a package does not build.
 */
export async function buildWorkspace(): Promise<void> {
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
  const turbo = spawn('turbo run build --output-logs=errors-only', { cwd: ROOT, env, shell: true });
  let output = '';
  for (const stream of [turbo.stdout, turbo.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(turbo, 'close');
  if (code !== 0) throw new Error(`the build failed.\n${output}`);
}
