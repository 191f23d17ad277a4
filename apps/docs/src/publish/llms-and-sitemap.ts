import { markup } from '@firstofficer/common/markup';
import { buildMarkdownPath, FILES, type MarkdownPage, resolveUrl, type Site } from '../address.ts';
import { heading, link, list, paragraph, renderMarkdown } from '../markdown/render.ts';

/** Returns the `llms.txt` of the site (see llmstxt.org): a summary, and links to every page as Markdown. */
export function renderLlms(pages: readonly MarkdownPage[], site: Site): string {
  const groups = [...new Set(pages.map(({ group }) => group))];
  const linkTo = (path: string, label: string) => link(resolveUrl(site, path), label);
  return renderMarkdown([
    heading(1, site.title),
    { type: 'blockquote', children: [paragraph(site.summary)] },
    ...groups.flatMap((group) => [
      heading(2, group),
      ...list(
        pages
          .filter((page) => page.group === group)
          .map((page) => [linkTo(buildMarkdownPath(page), page.title), page.description && `: ${page.description}`]),
      ),
    ]),
    heading(2, 'Complete files'),
    ...list([
      [linkTo(FILES.llmsFull, 'All pages'), ': every page in one file.'],
      [linkTo(FILES.yaml, 'OpenAPI description, YAML'), ': the source of the reference.'],
      [linkTo(FILES.json, 'OpenAPI description, JSON'), ': the same content.'],
      [linkTo(FILES.collection, 'Postman collection'), ': every request with its examples.'],
    ]),
  ]);
}

/** Returns the `llms-full.txt` of the site: the full text of every page, each with its URL. */
export function renderLlmsFull(pages: readonly MarkdownPage[], site: Site): string {
  return pages
    .map((page) => `Source: ${resolveUrl(site, buildMarkdownPath(page))}\n\n${page.markdown.trim()}\n`)
    .join('\n---\n\n');
}

/**
 * Returns the sitemap of the pages, or undefined if the URL of the site is not known: a sitemap needs absolute URLs.
 *
 * The sitemap has no dates, because a build does not change every page.
 */
export function renderSitemap(
  pages: readonly Pick<MarkdownPage, 'path'>[],
  { url }: Pick<Site, 'url'>,
): string | undefined {
  if (url === undefined) return undefined;
  const entries = pages.map(({ path }) => markup`  <url><loc>${resolveUrl({ url }, path)}</loc></url>\n`);
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries}</urlset>
`.text;
}

/**
 * Returns the `robots.txt` of the site. It allows everything and names the sitemap if there is one.
 *
 * Crawlers read it only at the root of a host, and ignore it on a site below a path.
 */
export function renderRobots({ url }: Pick<Site, 'url'>): string {
  const sitemap = url === undefined ? '' : `\nSitemap: ${resolveUrl({ url }, FILES.sitemap)}\n`;
  return `User-agent: *\nAllow: /\n${sitemap}`;
}
