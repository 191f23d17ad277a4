import { addressOf, FILES, type Page, type Site } from './page.ts';

/**
 * The sitemap of the site's pages; undefined where the site's address is not known, for it must hold absolute ones.
 *
 * It has no dates: those of a build would tell crawlers of changes that never were.
 *
 * @example
 * sitemapXml(pages, { url: 'https://docs.example.com/' }); // <?xml version="1.0" encoding="UTF-8"?>…
 */
export function sitemapXml(pages: readonly Pick<Page, 'path'>[], { url }: Pick<Site, 'url'>): string | undefined {
  if (url === undefined) return undefined;
  const entries = pages.map(({ path }) => `  <url><loc>${escapeXml(addressOf({ url }, path))}</loc></url>\n`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n',
    ...entries,
    '</urlset>\n',
  ].join('');
}

/**
 * The site's `robots.txt`: all is open to everybody, and the sitemap is named where there is one.
 *
 * Crawlers read it at the root of a host only; on a site below a path it does no harm.
 *
 * @example
 * robotsTxt({ url: 'https://docs.example.com/' }); // User-agent: *\nAllow: /\n\nSitemap: …
 */
export function robotsTxt({ url }: Pick<Site, 'url'>): string {
  const sitemap = url === undefined ? '' : `\nSitemap: ${addressOf({ url }, FILES.sitemap)}\n`;
  return `User-agent: *\nAllow: /\n${sitemap}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll("'", '&apos;').replaceAll('<', '&lt;');
}
