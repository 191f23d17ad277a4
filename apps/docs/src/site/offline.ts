import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Theme } from '../content/read-content.ts';
import { buildColorRules, editBundle } from '../reference/redoc-edits.ts';
import type { SiteFile } from './assets.ts';
import { runRedocly } from './redocly-cli.ts';
import type { SiteReference } from './site-reference.ts';

/**
 * Renders the whole site as one HTML file that works from disk. Redocly's CLI renders it, and it gets the same edits as
 * the site.
 *
 * @throws Error with the CLI's message if the CLI fails.
 */
export async function renderOffline({ offline, options }: SiteReference, { css }: Theme): Promise<SiteFile> {
  const folder = await mkdtemp(join(tmpdir(), 'firstofficer-docs-'));
  try {
    const spec = join(folder, 'openapi.json');
    const output = join(folder, 'offline.html');
    // A single file has no other pages or downloads, so its routes are fragments and it has no download buttons.
    const { router, basePath, downloadUrls, skipBundle, disableTelemetry, ...shared } = options;
    const config = JSON.stringify({ telemetry: 'off', openapi: { ...shared, hideDownloadButtons: true } });
    await Promise.all([writeFile(spec, JSON.stringify(offline)), writeFile(join(folder, 'redocly.yaml'), config)]);
    const template = fileURLToPath(new URL('../theme/offline.hbs', import.meta.url));
    const files = ['--output', output, '--template', template, '--config', join(folder, 'redocly.yaml')];
    await runRedocly(['build-docs', spec, '--inlineBundle', ...files], folder);
    const html = await readFile(output, 'utf8');
    // Use a function: in a replacement string, `replace` interprets dollar signs.
    const content = editBundle(html).replace('/* theme */', () => `${buildColorRules(html)}\n${css}`);
    return { path: 'offline.html', content };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
