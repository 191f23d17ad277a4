import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SiteFile } from './assets.ts';

/**
 * Writes the files of a site into a folder that any static host can serve. What was there before is removed.
 *
 * @example
 * await writeSite(files, 'dist');
 */
export async function writeSite(files: readonly SiteFile[], folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const { path, content } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
