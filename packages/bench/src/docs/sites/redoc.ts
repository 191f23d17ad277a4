import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { writePage } from '../assets.ts';
import type { Site } from '../site.ts';

const CLI = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));
const SCRIPT = import.meta.resolve('@redocly/cli/lib/chunks/redoc.standalone.js');

/** The page that `build-docs` writes without options. Its script comes from the same host instead of a CDN. */
export const redoc: Site = {
  name: 'Redoc',
  async write(folder) {
    const html = await build(folder);
    const local = html.replaceAll(/https:\/\/[^"]+\/redoc\.standalone\.js/g, '/redoc.standalone.js');
    if (local === html)
      throw new Error('The page of Redoc does not contain the expected script URL. Adapt the pattern in this file.');
    await writePage(folder, local, [SCRIPT]);
  },
};

/** The page that `build-docs` writes with the script in the same file. */
export const redocInline: Site = {
  name: 'Redoc inlined',
  async write(folder) {
    await writePage(folder, await build(folder, '--inlineBundle'), []);
  },
};

async function build(folder: string, ...options: readonly string[]): Promise<string> {
  const page = join(folder, 'index.html');
  // Runs in the folder, which contains no Redocly configuration. The telemetry of the command is off …
  await promisify(execFile)(process.execPath, [CLI, 'build-docs', 'openapi.yaml', '--output', page, ...options], {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_NOTIFICATIONS: 'true' },
  });
  const html = await readFile(page, 'utf8');
  // … but the telemetry of the page stays at its default.
  return html.replace('"disableTelemetry":true', '"disableTelemetry":false');
}
