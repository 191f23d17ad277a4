import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import type { Theme } from '../content/read-content.ts';

/** A file of the site. */
export interface SiteFile {
  /** The path relative to the site's base path. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** The URL paths of the files that every page refers to. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  readonly icon: string;
  /** The records that the search loads when it opens. */
  readonly records: string;
}

/**
 * Renders the files that all pages share, and returns them with their URL paths. File names contain a hash of the
 * content, so browsers can cache the files forever.
 *
 * @throws Error if a script cannot be bundled.
 */
export async function renderAssets({
  theme,
  records,
  plugins,
  base,
}: {
  readonly theme: Theme;
  readonly records: readonly object[];
  /** Modules that the scripts import and that the build makes from the description. */
  readonly plugins: readonly Plugin[];
  readonly base: string;
}): Promise<{ assets: Assets; files: SiteFile[] }> {
  const scripts = await bundleScripts(plugins);
  const [script] = scripts.filter(({ path }) => basename(path).startsWith('main.'));
  if (!script) throw new Error('esbuild returned no output file for main.ts.');
  const style = addHash('assets/style.css', theme.css);
  const icon = addHash('assets/icon.svg', theme.icon);
  const data = addHash('assets/records.json', JSON.stringify(records));
  return {
    assets: {
      style: base + style.path,
      script: base + script.path,
      icon: base + icon.path,
      records: base + data.path,
    },
    files: [style, icon, data, ...scripts],
  };
}

function addHash(path: string, content: string): SiteFile {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return { path: path.replace(/(\.[^.]+)$/, `.${hash}$1`), content };
}

/** Bundles the scripts of the pages. Parts that a page loads on first use, such as the search, are separate files. */
async function bundleScripts(plugins: readonly Plugin[]): Promise<SiteFile[]> {
  const { outputFiles } = await build({
    ...ESBUILD,
    format: 'esm',
    entryPoints: [fileURLToPath(new URL('../browser/main.ts', import.meta.url))],
    splitting: true,
    outdir: 'assets',
    entryNames: '[name].[hash]',
    chunkNames: '[name].[hash]',
    plugins: [...plugins],
  });
  return outputFiles.map(({ path, contents }) => ({ path: `assets/${basename(path)}`, content: contents }));
}

const ESBUILD = {
  bundle: true,
  minify: true,
  target: 'es2022',
  // Workspace packages are bundled from their sources.
  conditions: ['@firstofficer/source'],
  write: false,
} satisfies BuildOptions & { readonly write: false };

/** Bundles all scripts into one that contains every part, for the file that works from disk. */
export async function bundleOfflineScript(plugins: readonly Plugin[]): Promise<string> {
  const { outputFiles } = await build({
    ...ESBUILD,
    format: 'iife',
    entryPoints: [fileURLToPath(new URL('../browser/offline.ts', import.meta.url))],
    plugins: [...plugins],
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild returned no output file for offline.ts.');
  // The text is inside a script element, which ends at its first closing tag.
  return file.text.replaceAll('</script', '<\\/script');
}
