import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Theme } from '../content/read-content.ts';
import type { Assets } from '../publish/html-page.ts';
import { buildColorRules, editBundle } from '../reference/redoc-edits.ts';
import type { SiteReference } from './site-reference.ts';

/** A file of the site. */
export interface SiteFile {
  /** The path relative to the site's base path. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Renders the files that all pages share, and returns them with their URL paths. File names contain a hash of the
 * content, so browsers can cache the files forever.
 *
 * @throws Error if Redoc's bundle has changed in a part that the site edits.
 */
export async function renderAssets({
  theme,
  reference,
  base,
}: {
  readonly theme: Theme;
  /** All pages must be rendered: their CSS goes into the style sheet. */
  readonly reference: Pick<SiteReference, 'css' | 'definition' | 'options'>;
  readonly base: string;
}): Promise<{ assets: Assets; files: SiteFile[] }> {
  const [bundle, startScript] = await Promise.all([
    readFile(new URL(import.meta.resolve('redoc/bundles/redoc.standalone.js')), 'utf8'),
    bundleStartScript(),
  ]);
  const css = reference.css();
  const { definition, options } = reference;
  const style = addHash('assets/style.css', [css, buildColorRules(css), theme.css].join('\n'));
  const script = addHash('assets/start.js', startScript);
  const redoc = addHash('assets/redoc.js', editBundle(bundle));
  const data = addHash('assets/reference.json', JSON.stringify({ definition, options }));
  const icon = addHash('assets/icon.svg', theme.icon);
  return {
    assets: {
      style: base + style.path,
      script: base + script.path,
      redoc: base + redoc.path,
      reference: base + data.path,
      icon: base + icon.path,
    },
    files: [style, script, redoc, data, icon],
  };
}

function addHash(path: string, content: string | Uint8Array): SiteFile {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return { path: path.replace(/(\.[^.]+)$/, `.${hash}$1`), content };
}

async function bundleStartScript(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../browser/start.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild returned no output file.');
  return file.contents;
}
