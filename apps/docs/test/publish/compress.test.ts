import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { expect, test } from 'vitest';
import { compressFolder } from '../../src/publish/compress.ts';

const TEXT = 'Repeated text compresses well. '.repeat(100);

test('text files in all subfolders get .br and .gz copies', async (context) => {
  const folder = await createTemporaryFolder(context, { 'index.html': TEXT });
  await mkdir(join(folder, 'deep'));
  await writeFile(join(folder, 'deep/openapi.yaml'), TEXT);

  expect(await compressFolder(folder)).toEqual([join('deep', 'openapi.yaml'), 'index.html']);
  for (const name of ['index.html', 'deep/openapi.yaml']) {
    const [br, gz] = [await readFile(join(folder, `${name}.br`)), await readFile(join(folder, `${name}.gz`))];
    expect(brotliDecompressSync(br).toString()).toBe(TEXT);
    expect(gunzipSync(gz).toString()).toBe(TEXT);
    expect(Math.max(br.length, gz.length)).toBeLessThan(TEXT.length / 10);
  }
});

test('small files and compressed formats get no copies', async (context) => {
  const folder = await createTemporaryFolder(context, {
    'small.html': 'short',
    'logo.png': TEXT,
    'font.woff2': TEXT,
    'a.js.br': TEXT,
  });

  expect(await compressFolder(folder)).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['a.js.br', 'font.woff2', 'logo.png', 'small.html']);
});

test('the same input gives the same bytes, even if the copies already exist', async (context) => {
  const folder = await createTemporaryFolder(context, { 'app.js': TEXT });
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
