import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { BUDGETS, DIST, type Docs, serveDocs } from '../../src/index.ts';
import { listRoutes } from './site.ts';

let docs: Docs;

beforeAll(async () => {
  docs = await serveDocs();
});
afterAll(() => docs.close());

const spec = await readFile(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));
const routes = await listRoutes(DIST);
const html = new Map(
  await Promise.all(
    routes.map(async (route) => [route, await readFile(join(DIST, route, 'index.html'), 'utf8')] as const),
  ),
);
const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const attribute = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, value = '']) => value);

async function findBroken(addresses: Iterable<string>): Promise<string[]> {
  const all = [...new Set(addresses)];
  const statuses = await Promise.all(all.map(async (to) => (await fetch(new URL(to, `${docs.url}/`))).status));
  return all.filter((_, index) => statuses[index] !== 200);
}

test('the description is published unchanged, and as equal JSON', async () => {
  expect(Buffer.compare(await readFile(join(DIST, 'openapi.yaml')), spec)).toBe(0);
  expect(JSON.parse(await readFile(join(DIST, 'openapi.json'), 'utf8'))).toEqual(parse(spec.toString()));
});

test('all files in llms.txt and in the download menu exist', async () => {
  const listed = attribute(await readFile(join(DIST, 'llms.txt'), 'utf8'), /\]\(([^)]+)\)/g);
  const reference = files.find((file) => /reference\.\w+\.json$/.test(file)) ?? '';
  const { options } = JSON.parse(await readFile(reference, 'utf8'));
  const downloads = options.downloadUrls.map(({ url }: { url: string }) => url);
  expect(downloads.length).toBeGreaterThan(0);
  expect(await findBroken([...listed, ...downloads])).toEqual([]);
});

/**
 * Returns the link targets of pages. They are resolved against URLs without a slash at the end, as other pages link to
 * them.
 */
function listLinks(routes: Iterable<string>): string[] {
  return [...routes].flatMap((route) =>
    attribute(html.get(route) ?? '', /\s(?:href|src)="([^"#]+)/g)
      .map((link) => new URL(link, `${docs.url}/${route}`))
      .filter(({ origin }) => origin === docs.url)
      .map(({ pathname }) => pathname),
  );
}

test('all link targets on this site exist', async () => {
  expect(await findBroken(listLinks(routes))).toEqual([]);
});

test.each([/<title>([^<]*)/g, /name="description" content="([^"]*)/g, /property="og:title" content="([^"]*)/g])(
  'each page has a unique %s',
  (pattern) => {
    const values = [...html.values()].flatMap((text) => attribute(text, pattern));
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
  const size = async (path: string) =>
    (await readFile(`${join(DIST, path)}.br`).catch(() => readFile(join(DIST, path)))).length;
  for (const [route, text] of html) {
    const own = await size(join(route, 'index.html'));
    const at = async (paths: string[]) => (await Promise.all(paths.map(size))).reduce((sum, bytes) => sum + bytes, 0);
    const first = own + (await at(attribute(text, /\s(?:href|src)="(\/assets\/[^"]+)/g)));
    expect(first, route).toBeLessThanOrEqual(BUDGETS.firstLoad);
    const later = await at(attribute(text, /\sdata-\w+="(\/assets\/[^"]+)/g));
    expect(first + later, route).toBeLessThanOrEqual(BUDGETS.firstUse);
  }
});

test('an unknown path returns 404 with a link to the front page', async () => {
  const response = await fetch(`${docs.url}/no-such-page`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('<a href="/">');
});
