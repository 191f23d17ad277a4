import { tmpdir } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { serveDocs } from '../src/index.ts';

async function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const docs = await serveDocs();
  onTestFinished(() => docs.close());
  return fetch(docs.url + path, { headers, redirect: 'manual' });
}

test('a page is served complete, and compressed for those who accept it', async () => {
  const response = await get('/', { 'Accept-Encoding': 'br' });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(await response.text()).toContain('FirstOfficer turns a company');
});

test('an address that does not exist gets 404 and the pages there are', async () => {
  const response = await get('/no-such-page');

  expect(response.status).toBe(404);
  expect(await response.text()).toContain('There is no page at this address');
});

test('a taken port is refused', async () => {
  const docs = await serveDocs();
  onTestFinished(() => docs.close());

  await expect(serveDocs({ port: Number(new URL(docs.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a folder without a site is refused with what builds it', async () => {
  await expect(serveDocs({ folder: tmpdir() })).rejects.toThrow('npx -y pnpm@12 build');
});
