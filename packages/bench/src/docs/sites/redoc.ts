import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writePage } from '../assets.ts';
import type { Site } from '../site.ts';

const CLI = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
const SCRIPT = import.meta.resolve('@redocly/cli/lib/chunks/redoc.standalone.js');

/** As `build-docs` writes it without options: the script comes from elsewhere, here from the same host. */
export const redoc: Site = {
  name: 'Redoc',
  async write(folder) {
    const html = await build(folder);
    const local = html.replaceAll(/https:\/\/[^"]+\/redoc\.standalone\.js/g, '/redoc.standalone.js');
    if (local === html) throw new Error('Redoc takes its script from another address than it used to.');
    await writePage(folder, local, [SCRIPT]);
  },
};

/** As `build-docs` writes it with everything in one file. */
export const redocInline: Site = {
  name: 'Redoc inlined',
  async write(folder) {
    await writePage(folder, await build(folder, '--inlineBundle'), []);
  },
};

async function build(folder: string, ...options: readonly string[]): Promise<string> {
  const page = join(folder, 'index.html');
  // In the folder, where no configuration of ours is. The command itself is to tell nobody that it ran …
  await promisify(execFile)(process.execPath, [CLI, 'build-docs', 'openapi.yaml', '--output', page, ...options], {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_NOTIFICATIONS: 'true' },
  });
  const html = await readFile(page, 'utf8');
  // … but the page is to be as it comes.
  return html.replace('"disableTelemetry":true', '"disableTelemetry":false');
}
