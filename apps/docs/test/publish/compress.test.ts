import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { compressFolder } from '../../src/publish/compress.ts';

const TEXT = 'What is said twice is said shorter. '.repeat(100);

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'deep'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

test('text files in all subfolders get .br and .gz copies', async () => {
  const folder = await folderWith({ 'index.html': TEXT, 'deep/openapi.yaml': TEXT });

  expect(await compressFolder(folder)).toEqual([join('deep', 'openapi.yaml'), 'index.html']);
  for (const name of ['index.html', 'deep/openapi.yaml']) {
    const [br, gz] = [await readFile(join(folder, `${name}.br`)), await readFile(join(folder, `${name}.gz`))];
    expect(brotliDecompressSync(br).toString()).toBe(TEXT);
    expect(gunzipSync(gz).toString()).toBe(TEXT);
    expect(Math.max(br.length, gz.length)).toBeLessThan(TEXT.length / 10);
  }
});

test('small files and compressed formats get no copies', async () => {
  const folder = await folderWith({ 'small.html': 'short', 'logo.png': TEXT, 'font.woff2': TEXT, 'a.js.br': TEXT });

  expect(await compressFolder(folder)).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['a.js.br', 'deep', 'font.woff2', 'logo.png', 'small.html']);
});

test('the same input gives the same bytes, even if the copies already exist', async () => {
  const folder = await folderWith({ 'app.js': TEXT });
  const bytes = async () => {
    await compressFolder(folder);
    return [await readFile(join(folder, 'app.js.br')), await readFile(join(folder, 'app.js.gz'))];
  };

  expect(await bytes()).toEqual(await bytes());
  // The gzip header has no time and no name of the operating system.
  expect((await bytes())[1]?.subarray(4, 8)).toEqual(Buffer.alloc(4));
});

test('a missing folder is an error', async () => {
  await expect(compressFolder(join(tmpdir(), 'no-such-docs'))).rejects.toMatchObject({ code: 'ENOENT' });
});
