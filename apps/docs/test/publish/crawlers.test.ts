import { XmlDocument } from 'libxml2-wasm';
import { expect, onTestFinished, test } from 'vitest';
import { robotsTxt, sitemapXml } from '../../src/publish/index.ts';
import { pages, site } from './site.ts';

/** The addresses of a sitemap, as a strict parser reads them. */
function addresses(xml: string): string[] {
  const document = XmlDocument.fromString(xml);
  onTestFinished(() => document.dispose());
  return document
    .find('/s:urlset/s:url/s:loc', { s: 'http://www.sitemaps.org/schemas/sitemap/0.9' })
    .map((node) => node.content);
}

test('the sitemap has the absolute address of every page, as it is served', () => {
  expect(addresses(sitemapXml(pages, site) ?? '')).toEqual([
    'https://docs.example.com/zoo/',
    'https://docs.example.com/zoo/animals/get',
    'https://docs.example.com/zoo/animals/lion%20%26%20%3Ctiger%3E/',
    'https://docs.example.com/zoo/rules',
  ]);
});

test('an address that XML would read otherwise stays what it is', () => {
  const url = "https://docs.example.com/it's&more/";

  expect(addresses(sitemapXml([{ path: 'a' }], { url }) ?? '')).toEqual([`${url}a`]);
});

test('there is no sitemap where the address of the site is not known', () => {
  expect(sitemapXml(pages, { url: undefined })).toBeUndefined();
  expect(robotsTxt({ url: undefined })).toBe('User-agent: *\nAllow: /\n');
});

test('robots.txt lets everybody in and names the sitemap', () => {
  expect(robotsTxt(site)).toBe('User-agent: *\nAllow: /\n\nSitemap: https://docs.example.com/zoo/sitemap.xml\n');
});
