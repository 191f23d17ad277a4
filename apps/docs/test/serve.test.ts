import { tmpdir } from 'node:os';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { expect, onTestFinished, test } from 'vitest';
import { serveDocs } from '../src/index.ts';
import { compressFolder } from '../src/publish/compress.ts';

/** Serves a small site until the test is finished. */
async function serve() {
  const pages = { 'index.html': `<title>Customers</title>${' '.repeat(2000)}`, '404.html': '<title>Not found</title>' };
  const folder = await createTemporaryFolder({ onTestFinished }, pages);
  await compressFolder(folder);
  const docs = await serveDocs({ folder });
  onTestFinished(() => docs.close());
  return { docs, folder };
}

async function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const { docs } = await serve();
  return fetch(docs.url + path, { headers, redirect: 'manual' });
}

test('a page is served compressed if the client accepts it', async () => {
  const response = await get('/', { 'Accept-Encoding': 'br' });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(await response.text()).toContain('<title>Customers</title>');
});

test('an unknown path returns 404 and the 404 page', async () => {
  const response = await get('/no-such-page');

  expect(response.status).toBe(404);
  expect(await response.text()).toContain('Not found');
});

test('a port in use is an error', async () => {
  const { docs, folder } = await serve();

  await expect(serveDocs({ folder, port: Number(new URL(docs.url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

test('a folder without a site is an error that names the build command', async () => {
  await expect(serveDocs({ folder: tmpdir() })).rejects.toThrow('npx -y pnpm@12 build');
});
