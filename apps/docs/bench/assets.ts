import { copyFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Writes a page, and beside it the files of packages that it loads, from `node_modules` of this one. */
export async function writePage(folder: string, html: string, files: readonly string[]): Promise<void> {
  const packages = fileURLToPath(new URL('../node_modules/', import.meta.url));
  await Promise.all([
    writeFile(join(folder, 'index.html'), html),
    ...files.map((file) => copyFile(join(packages, file), join(folder, basename(file)))),
  ]);
}
