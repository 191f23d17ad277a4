import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Address } from '../address.ts';
import type { Content } from '../content/read-content.ts';
import { compressFolder } from '../publish/compress.ts';
import type { SiteFile } from './assets.ts';
import { renderSite } from './render-site.ts';
import { loadSiteReference } from './site-reference.ts';

/** Options for the build. */
export interface BuildOptions {
  readonly address: Address;
  /** The folder to write the site into. */
  readonly folder: string;
  /** Whether to also write compressed copies of the files, for hosts that serve them. */
  readonly shouldCompress: boolean;
}

/**
 * Builds the site and writes it to a folder.
 *
 * @throws Error that describes the problem in the spec or a guide. The folder then stays unchanged.
 */
export async function buildSite(content: Content, { address, folder, shouldCompress }: BuildOptions): Promise<void> {
  const reference = await loadSiteReference(content, address);
  await writeFiles(await renderSite(content, address, reference), folder);
  if (shouldCompress) await compressFolder(folder);
}

/** Replaces the content of a folder with the files of a site. */
async function writeFiles(files: readonly SiteFile[], folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const { path, content } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
