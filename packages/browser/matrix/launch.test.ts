import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type Browser, findChromium, hasChromium, launchBrowser, needsBrowser } from '../src/index.ts';
import { servePage } from './server.ts';

beforeEach(needsBrowser);

let folder = '';
const find = (given: string) => {
  folder = given;
  return findChromium(given);
};
// Here rather than in a hook, whose time limit the installation of Chromium may exceed.
const browser = hasChromium() ? await launchBrowser({ find }) : (undefined as unknown as Browser);
afterAll(() => browser?.close());

test('opens a page of this machine and runs its scripts', async () => {
  await using server = await servePage('<!doctype html><title>Hello</title><script>document.title += "!"</script>');
  const page = await browser.newPage();
  await page.goto(server.url);

  expect(await page.title()).toBe('Hello!');
  expect(await page.evaluate('6 * 7')).toBe(42);
  expect(await page.evaluate('navigator.language')).toBe('en-US');
});

test('reaches nothing else, by name or by address', async () => {
  const page = await browser.newPage();

  for (const url of ['http://example.com/', 'http://192.0.2.1/']) {
    await expect(page.goto(url)).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
  }
});

test('draws what it shows, prints it, and shows it dark', async () => {
  const page = await browser.newPage({ colorScheme: 'dark' });
  await page.setContent('<h1>Hello</h1>');

  expect((await page.screenshot()).subarray(1, 4).toString()).toBe('PNG');
  expect((await page.pdf()).subarray(0, 4).toString()).toBe('%PDF');
  expect(await page.evaluate('matchMedia("(prefers-color-scheme: dark)").matches')).toBe(true);
});

test('leaves nothing behind, and the temporary folder of this process where it was', async () => {
  const before = tmpdir();
  let given = '';
  {
    await using other = await launchBrowser({
      find: (folder) => {
        given = folder;
        return findChromium(folder);
      },
    });
    expect(other.isConnected()).toBe(true);
    expect(existsSync(given)).toBe(true);
  }
  expect(existsSync(given)).toBe(false);
  expect(existsSync(folder)).toBe(true);
  expect(tmpdir()).toBe(before);
});
