import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { BUDGETS, DIST, serveDocs } from '../../src/index.ts';
import { listDownloads } from '../../src/publish/downloads.ts';
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

test('all files in llms.txt and all downloads exist', async () => {
  const listed = listMatches(await readFile(join(DIST, 'llms.txt'), 'utf8'), /\]\(([^)]+)\)/g);
  const downloads = listDownloads('/').map(({ url }) => url);
  expect(downloads.length).toBeGreaterThan(0);
  expect(await findBroken([...listed, ...downloads])).toEqual([]);
});

test('all link targets on this site exist', async () => {
  const links = [...html].flatMap(([route, text]) =>
    listMatches(text, /\s(?:href|src)="([^"#]+)/g).map((link) => new URL(link, `${docs.url}/${route}/`)),
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
  // esbuild writes hashes in capital letters.
  expect(names.filter((name) => !/\.([0-9a-f]{10}|[0-9A-Z]{8})\.\w+(\.br|\.gz)?$/.test(name))).toEqual([]);
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

test('each record of the search leads to an element of a page', async () => {
  const records = files.find((file) => /records\.\w+\.json$/.test(file)) ?? '';
  const urls: string[] = JSON.parse(await readFile(records, 'utf8')).map(({ url }: { url: string }) => url);
  const broken = urls.filter((url) => {
    const [path = '', id] = url.split('#');
    const text = html.get(path.replaceAll(/^\/|\/$/g, ''));
    return id !== undefined && !text?.includes(` id="${id.replaceAll('&', '&amp;')}"`);
  });

  expect(urls.length).toBeGreaterThan(routes.length);
  expect(broken).toEqual([]);
  expect(await findBroken(urls)).toEqual([]);
});

test('pages meet their budgets for the first load and the first use', async () => {
  const addSizes = async (paths: readonly string[]) => {
    const contents = paths.map((path) => readFile(`${path}.br`).catch(() => readFile(path)));
    return (await Promise.all(contents)).reduce((sum, { length }) => sum + length, 0);
  };
  const pages = await Promise.all(routes.map((route) => addSizes([join(DIST, route, 'index.html')])));
  // A reader who opens a second page, the search and Try it has loaded all assets.
  const assets = await addSizes(files.filter((file) => /\bassets\b.*(?<!\.br|\.gz)$/.test(file)));
  for (const [place, [route, text]] of [...html].entries()) {
    const loaded = listMatches(text, /<(?:script|link|img)\b[^>]*\s(?:href|src)="(\/assets\/[^"]+)/g);
    const page = pages[place] ?? 0;
    const first = page + (await addSizes([...new Set(loaded)].map((path) => join(DIST, path))));
    expect(loaded.length, route).toBeGreaterThanOrEqual(3);
    expect(first, route).toBeLessThanOrEqual(BUDGETS.firstLoad);
    expect(page + Math.max(...pages) + assets, route).toBeLessThanOrEqual(BUDGETS.firstUse);
  }
});

test('an unknown path returns 404 with a link to the front page', async () => {
  const response = await fetch(`${docs.url}/no-such-page`);
  expect(response.status).toBe(404);
  expect(await response.text()).toMatch(/<a [^>]*href="\/"/);
});
