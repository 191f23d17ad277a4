import { copyFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Writes a page to a folder and copies the files that it loads, given as `file:` URLs, into the same folder. */
export async function writePage(folder: string, html: string, files: readonly string[]): Promise<void> {
  await Promise.all([
    writeFile(join(folder, 'index.html'), html),
    ...files.map((url) => fileURLToPath(url)).map((file) => copyFile(file, join(folder, basename(file)))),
  ]);
}
