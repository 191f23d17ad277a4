import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

// Images and fonts are already compressed.
const TEXT_FILE = /\.(html|css|m?js|json|map|md|svg|txt|webmanifest|xml|ya?ml)$/i;
// A smaller file fits into one network packet without compression.
const MIN_BYTES = 1000;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/**
 * Writes a `.br` and a `.gz` copy of every text file in a folder and its subfolders, for hosts that serve precompressed
 * files. Uses the highest compression level. The same input gives the same bytes.
 *
 * @returns The sorted paths of the compressed files, relative to the folder.
 * @throws Error with the `code` of the system (`ENOENT`, `EACCES`) if the folder cannot be read or written.
 */
export async function compressFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && TEXT_FILE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const compressed: string[] = [];
  // Compress sequentially: at this quality each file uses a whole core and several megabytes of memory.
  for (const file of files) {
    const content = await readFile(file);
    if (content.length < MIN_BYTES) continue;
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    await writeFile(`${file}.br`, await compressBrotli(content, { params }));
    await writeFile(`${file}.gz`, await compressGzip(content, { level: constants.Z_BEST_COMPRESSION }));
    compressed.push(relative(folder, file));
  }
  return compressed;
}
