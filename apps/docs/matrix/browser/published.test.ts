import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { BUDGETS, DIST, serveDocs } from '../../src/index.ts';
import { listRoutes } from './site.ts';

const docs = await serveDocs();
afterAll(() => docs.close());
const routes = await listRoutes(DIST);
const html = new Map(
  await Promise.all(
    routes.map(async (route) => [route, await readFile(join(DIST, route, 'index.html'), 'utf8')] as const),
  ),
);
const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const listMatches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, value = '']) => value);

async function findBroken(addresses: Iterable<string>): Promise<string[]> {
  const all = [...new Set(addresses)];
  const statuses = await Promise.all(all.map(async (to) => (await fetch(new URL(to, `${docs.url}/`))).status));
  return all.filter((_, index) => statuses[index] !== 200);
}

test('all files in llms.txt and in the download menu exist', async () => {
  const listed = listMatches(await readFile(join(DIST, 'llms.txt'), 'utf8'), /\]\(([^)]+)\)/g);
  const reference = files.find((file) => /reference\.\w+\.json$/.test(file)) ?? '';
  const { options } = JSON.parse(await readFile(reference, 'utf8'));
  const downloads = options.downloadUrls.map(({ url }: { url: string }) => url);
  expect(downloads.length).toBeGreaterThan(0);
  expect(await findBroken([...listed, ...downloads])).toEqual([]);
});

test('all link targets on this site exist', async () => {
  const links = [...html].flatMap(([route, text]) =>
    // Other pages link to a page without a slash at its end, so relative links are resolved against that URL.
    listMatches(text, /\s(?:href|src)="([^"#]+)/g).map((link) => new URL(link, `${docs.url}/${route}`)),
  );
  const own = links.filter(({ origin }) => origin === docs.url).map(({ pathname }) => pathname);

  expect(new Set(own).size).toBeGreaterThan(routes.length);
  expect(await findBroken(own)).toEqual([]);
});

test.each([/<title>([^<]*)/g, /name="description" content="([^"]*)/g, /property="og:title" content="([^"]*)/g])(
  'each page has a unique %s',
  (pattern) => {
    const values = [...html.values()].flatMap((text) => listMatches(text, pattern));
    expect(values.every((value) => value !== '')).toBe(true);
    expect(new Set(values).size).toBe(routes.length);
  },
);

test('all names in assets contain a hash', async () => {
  const names = files.filter((file) => file.includes(`${sep}assets${sep}`));
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !/\.[0-9a-f]{10}\.\w+(\.br|\.gz)?$/.test(name))).toEqual([]);
});

test('every text file of more than 1 kB has compressed copies', async () => {
  const texts = files.filter((file) => /\.(html|css|js|json|md|svg|txt|xml|yaml)$/.test(file));
  for (const file of texts) {
    const content = await readFile(file);
    if (content.length <= 1000) continue;
    expect(brotliDecompressSync(await readFile(`${file}.br`)).equals(content), file).toBe(true);
    expect(gunzipSync(await readFile(`${file}.gz`)).equals(content), file).toBe(true);
  }
});

test('pages meet their budgets for the first load and the first use', async () => {
  const addSizes = async (paths: readonly string[]) => {
    const contents = paths.map((path) => readFile(join(DIST, `${path}.br`)).catch(() => readFile(join(DIST, path))));
    return (await Promise.all(contents)).reduce((sum, { length }) => sum + length, 0);
  };
  for (const [route, text] of html) {
    const loaded = listMatches(text, /\s(?:href|src)="(\/assets\/[^"]+)/g);
    const loadedLater = listMatches(text, /\sdata-\w+="(\/assets\/[^"]+)/g);
    const first = await addSizes([join(route, 'index.html'), ...loaded]);
    expect(first, route).toBeLessThanOrEqual(BUDGETS.firstLoad);
    expect(first + (await addSizes(loadedLater)), route).toBeLessThanOrEqual(BUDGETS.firstUse);
  }
});

test('an unknown path returns 404 with a link to the front page', async () => {
  const response = await fetch(`${docs.url}/no-such-page`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('<a href="/">');
});
