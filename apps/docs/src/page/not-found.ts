import type { SitePage } from '../site/pages.ts';
import { escapeHtml } from './escape.ts';

/**
 * What to show at an address that does not exist: every page there is.
 *
 * @example
 * notFoundHtml(pages, { base: '/', colorMode: '' });
 */
export function notFoundHtml(
  pages: readonly SitePage[],
  { base, colorMode }: { readonly base: string; readonly colorMode: string },
): string {
  const items = pages
    .filter(({ route }) => route.kind !== 'schema')
    .map(({ path, title }) => `<li><a href="${base}${path}">${escapeHtml(title)}</a></li>`);
  return `${colorMode}<main id="content" class="plain" tabindex="-1">
<h1>There is no page at this address</h1>
<p>It may have moved. These are the pages there are:</p>
<ul>
${items.join('\n')}
</ul>
</main>`;
}
