import { markup } from '@firstofficer/common/markup';
import type { MenuGroup } from './menu.ts';
import type { PageContent } from './page.ts';

/**
 * Returns the 404 page, which lists the pages of the site.
 *
 * @example
 * renderNotFound(buildMenu(routes, toUrl));
 */
export function renderNotFound(menu: readonly MenuGroup[]): PageContent {
  const groups = menu
    .filter(({ isCollapsed }) => !isCollapsed)
    .map(({ title, pages }) => {
      const links = pages.map((page) => markup`<li><a href="${page.url}">${page.title}</a></li>`);
      return markup`<div><h2>${title}</h2><ul>${links}</ul></div>`;
    });
  const main = markup`<div class="not-found">
<h1>There is no page at this address</h1>
<p class="lead">The page may have moved. These pages exist:</p>
<div class="not-found-pages">${groups}</div>
</div>`;
  return { main, layout: 'guide', contents: [] };
}
