import { existsSync } from 'node:fs';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);

/** Writes a Brotli file next to each text file that has none, as static hosts do. */
export async function precompress(folder: string): Promise<void> {
  const work: Promise<void>[] = [];
  for await (const name of glob('**/*.{html,js,mjs,css,json,yaml,yml,svg,txt,md,xml}', { cwd: folder })) {
    const file = join(folder, name);
    if (!existsSync(`${file}.br`)) work.push(compressFile(file));
  }
  await Promise.all(work);
}

async function compressFile(file: string): Promise<void> {
  const content = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  await writeFile(`${file}.br`, await compress(content, { params }));
}
