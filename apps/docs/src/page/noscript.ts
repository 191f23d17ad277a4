import { marked } from 'marked';

/**
 * What Redoc shows only to those who click, for readers without scripts: the whole page as plain HTML.
 *
 * @example
 * noscriptHtml(page.markdown);
 */
export function noscriptHtml(markdown: string): string {
  const body = marked.parse(markdown.replace(/^# .*\n+/, ''), { async: false });
  return `<section class="plain" aria-label="The page in full"><h2>The page in full</h2>\n${body}</section>`;
}
