import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { createTemporaryFolder, listenInTest } from '@firstofficer/common/testing';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { type Browser, hasChromium, launchBrowser, requireBrowser } from '../src/index.ts';

beforeEach(requireBrowser);

// Not in a hook, because the installation of Chromium may exceed the timeout of a hook. Without a Chromium,
// requireBrowser skips all tests, so that none uses undefined.
const browser = (hasChromium() ? await launchBrowser() : undefined) as Browser;
afterAll(() => browser?.close());

test('opens a page on this machine and runs its scripts', async (context) => {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Hello</title><script>document.title += "!"</script>');
  });
  const { url } = await listenInTest(context, server);
  const page = await browser.newPage();
  await page.goto(url);

  expect(await page.title()).toBe('Hello!');
  expect(await page.evaluate('6 * 7')).toBe(42);
  expect(await page.evaluate('navigator.language')).toBe('en-US');
});

test('cannot connect to other hosts, by name or by address', async () => {
  const page = await browser.newPage();

  for (const url of ['http://example.com/', 'http://192.0.2.1/']) {
    await expect(page.goto(url)).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
  }
});

test('takes screenshots, prints PDFs and has a dark mode', async () => {
  const page = await browser.newPage({ colorScheme: 'dark' });
  await page.setContent('<h1>Hello</h1>');

  expect((await page.screenshot()).subarray(1, 4).toString()).toBe('PNG');
  expect((await page.pdf()).subarray(0, 4).toString()).toBe('%PDF');
  expect(await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')).toBe(true);
});

test('deletes its files when it is closed, and does not change the temporary folder of this process', async (context) => {
  const folder = await createTemporaryFolder(context);
  for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, folder);
  context.onTestFinished(() => void vi.unstubAllEnvs());
  const other = await launchBrowser();
  expect(await readdir(folder)).not.toEqual([]);
  expect(tmpdir()).toBe(folder);
  await other.close();

  expect(await readdir(folder)).toEqual([]);
});
