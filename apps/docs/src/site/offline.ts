import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
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
  await using folder = await mkdtempDisposable(join(tmpdir(), 'firstofficer-docs-'));
  const [spec, output, config] = ['openapi.json', 'offline.html', 'redocly.yaml'] as const;
  // A single file has no other pages or downloads, so its routes are fragments and it has no download buttons.
  const { router, basePath, downloadUrls, skipBundle, disableTelemetry, ...shared } = options;
  const settings = { telemetry: 'off', openapi: { ...shared, hideDownloadButtons: true } };
  await writeFile(join(folder.path, spec), JSON.stringify(offline));
  await writeFile(join(folder.path, config), JSON.stringify(settings));
  const template = fileURLToPath(new URL('../theme/offline.hbs', import.meta.url));
  const args = ['--output', output, '--template', template, '--config', config];
  await runRedocly(['build-docs', spec, '--inlineBundle', ...args], folder.path);
  const html = await readFile(join(folder.path, output), 'utf8');
  // Use a function: in a replacement string, `replace` interprets dollar signs.
  const content = editBundle(html).replace('/* theme */', () => `${buildColorRules(html)}\n${css}`);
  return { path: 'offline.html', content };
}
