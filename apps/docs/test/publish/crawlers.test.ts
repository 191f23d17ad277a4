import { XmlDocument } from 'libxml2-wasm';
import { expect, onTestFinished, test } from 'vitest';
import { renderRobots, renderSitemap } from '../../src/publish/index.ts';
import { pages, site } from './site.ts';

/** Returns the URLs in a sitemap, read by a strict XML parser. */
function addresses(xml: string): string[] {
  const document = XmlDocument.fromString(xml);
  onTestFinished(() => document.dispose());
  return document
    .find('/s:urlset/s:url/s:loc', { s: 'http://www.sitemaps.org/schemas/sitemap/0.9' })
    .map((node) => node.content);
}

test('the sitemap has the absolute URL of every page', () => {
  expect(addresses(renderSitemap(pages, site) ?? '')).toEqual([
    'https://docs.example.com/zoo/',
    'https://docs.example.com/zoo/animals/get',
    'https://docs.example.com/zoo/animals/lion%20%26%20%3Ctiger%3E/',
    'https://docs.example.com/zoo/rules',
  ]);
});

test('special XML characters in a URL are escaped', () => {
  const url = "https://docs.example.com/it's&more/";

  expect(addresses(renderSitemap([{ path: 'a' }], { url }) ?? '')).toEqual([`${url}a`]);
});

test('there is no sitemap without the URL of the site', () => {
  expect(renderSitemap(pages, { url: undefined })).toBeUndefined();
  expect(renderRobots({ url: undefined })).toBe('User-agent: *\nAllow: /\n');
});

test('robots.txt allows everything and names the sitemap', () => {
  expect(renderRobots(site)).toBe('User-agent: *\nAllow: /\n\nSitemap: https://docs.example.com/zoo/sitemap.xml\n');
});
