import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { atExit, temporaryFolder } from './cleanup.ts';
import { killTree } from './kill-tree.ts';

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
      // A build that is killed leaves its temporary files behind, so they are kept where this process removes them.
      ...{ TMPDIR: folder, TMP: folder, TEMP: folder },
      // These are the address where the docs will be published, which is not where they are served now.
      ...{ DOCS_URL: undefined, DOCS_CURRENT_URL: undefined },
      TURBO_TELEMETRY_DISABLED: '1',
    },
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // In a group of its own, turbo does not see Ctrl-C. It would end and leave behind a task that missed the signal.
    detached: process.platform !== 'win32',
  });
  const { pid } = turbo;
  if (pid !== undefined) {
    atExit(() => {
      if (turbo.exitCode === null && turbo.signalCode === null) killTree(pid);
    });
  }
  let output = '';
  for (const stream of [turbo.stdout, turbo.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(turbo, 'close');
  if (code !== 0) throw new Error(`"${COMMAND}" ended with exit code ${code}:\n\n${output.trim()}\n`);
}
