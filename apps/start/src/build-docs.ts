import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { killTree } from '@firstofficer/common/kill-tree';
import { atExit, temporaryFolder } from './cleanup.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const COMMAND = 'turbo run build:site --filter=@firstofficer/docs';
const QUIET = '--output-logs=errors-only --log-prefix=none';

/**
 * Builds the docs for the root of a local server. If nothing has changed, they come from turbo's cache. The build ends
 * when this process ends.
 *
 * @throws Error with turbo's output if the build fails.
 * @example
 * await buildDocs();
 */
export async function buildDocs(): Promise<void> {
  const folder = temporaryFolder();
  const turbo = spawn(`${COMMAND} ${QUIET}`, {
    cwd: ROOT,
    env: {
      ...process.env,
      // A killed build does not remove its temporary files, so they are in a folder that this process removes.
      ...{ TMPDIR: folder, TMP: folder, TEMP: folder },
      // These variables contain the address for publishing, which differs from the address of the local server.
      ...{ DOCS_URL: undefined, DOCS_CURRENT_URL: undefined },
      TURBO_TELEMETRY_DISABLED: '1',
    },
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // A separate process group keeps Ctrl-C from turbo. Turbo would end and could leave a task running.
    detached: process.platform !== 'win32',
  });
  atExit(() => killTree(turbo));
  let output = '';
  for (const stream of [turbo.stdout, turbo.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(turbo, 'close');
  if (code !== 0) throw new Error(`"${COMMAND}" ended with exit code ${code}:\n\n${output.trim()}\n`);
}
