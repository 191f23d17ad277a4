import { FILES, type MarkdownPage, resolveUrl, type Site } from './page.ts';

/**
 * Returns the sitemap of the pages, or undefined if the URL of the site is not known: a sitemap needs absolute URLs.
 *
 * The sitemap has no dates, because a build does not change every page.
 *
 * @example
 * renderSitemap(pages, { url: 'https://docs.example.com/' }); // <?xml version="1.0" encoding="UTF-8"?>…
 */
export function renderSitemap(
  pages: readonly Pick<MarkdownPage, 'path'>[],
  { url }: Pick<Site, 'url'>,
): string | undefined {
  if (url === undefined) return undefined;
  const entries = pages.map(({ path }) => `  <url><loc>${escapeXml(resolveUrl({ url }, path))}</loc></url>\n`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n',
    ...entries,
    '</urlset>\n',
  ].join('');
}

/**
 * Returns the `robots.txt` of the site. It allows everything and names the sitemap if there is one.
 *
 * Crawlers read it only at the root of a host, and ignore it on a site below a path.
 *
 * @example
 * renderRobots({ url: 'https://docs.example.com/' }); // User-agent: *\nAllow: /\n\nSitemap: …
 */
export function renderRobots({ url }: Pick<Site, 'url'>): string {
  const sitemap = url === undefined ? '' : `\nSitemap: ${resolveUrl({ url }, FILES.sitemap)}\n`;
  return `User-agent: *\nAllow: /\n${sitemap}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll("'", '&apos;').replaceAll('<', '&lt;');
}
