import type { RootContent } from 'mdast';
import { heading, link, list, paragraph, render } from '../markdown/render.ts';
import { FILES, type MarkdownPage, markdownPath, resolveUrl, type Site } from './page.ts';

/**
 * Returns the `llms.txt` of the site (see llmstxt.org): a summary, and links to every page as Markdown.
 *
 * @example
 * renderLlms(pages, { title: 'Pets', summary: 'All about pets.', url: undefined }); // # Pets\n\n> All about pets.\n…
 */
export function renderLlms(pages: readonly MarkdownPage[], site: Site): string {
  const groups = [...new Set(pages.map(({ group }) => group))];
  const to = (path: string, label: string) => link(resolveUrl(site, path), label);
  return render([
    heading(1, site.title),
    { type: 'blockquote', children: [paragraph(site.summary)] } as RootContent,
    ...groups.flatMap((group) => [
      heading(2, group),
      ...list(
        pages
          .filter((page) => page.group === group)
          .map((page) => [to(markdownPath(page), page.title), ...described(page.description)]),
      ),
    ]),
    heading(2, 'Whole'),
    ...list([
      [to(FILES.llmsFull, 'All pages'), ': every page in one file.'],
      [to(FILES.yaml, 'OpenAPI description, YAML'), ': all that the reference is made from.'],
      [to(FILES.json, 'OpenAPI description, JSON'), ': the same.'],
      [to(FILES.collection, 'Postman collection'), ': every request with its examples.'],
    ]),
  ]);
}

/**
 * Returns the `llms-full.txt` of the site: the full text of every page, each with its URL.
 *
 * @example
 * renderLlmsFull(pages, site); // # Retrieve a pet\n…
 */
export function renderLlmsFull(pages: readonly MarkdownPage[], site: Site): string {
  return pages
    .map((page) => `Source: ${resolveUrl(site, markdownPath(page))}\n\n${page.markdown.trim()}\n`)
    .join('\n---\n\n');
}

function described(description: string): string[] {
  return description === '' ? [] : [`: ${description}`];
}
